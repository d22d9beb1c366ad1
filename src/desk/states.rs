//! The states of a case by name, for the filter of lists.

/// Names of [`case::state::CaseState::as_str`] with what people call them.
pub const STATES: [(&str, &str); 14] = [
    ("registered", "已登记"),
    ("dispatched", "已转送交办"),
    ("accepted", "已受理"),
    ("declined", "不予受理"),
    ("diverted", "引导其他程序"),
    ("opined", "已作出处理意见"),
    ("served", "已送达处理意见"),
    ("reviewing", "复查中"),
    ("reviewed", "已提出复查意见"),
    ("re_reviewing", "复核中"),
    ("re_reviewed", "已提出复核意见"),
    ("closed", "已办结"),
    ("withdrawn", "已撤回"),
    ("joined", "已并入"),
];

#[cfg(test)]
mod tests {
    use case::state::CaseState;
    use jiff::Timestamp;

    use super::*;

    #[test]
    fn names_are_those_of_the_states() {
        let at = Timestamp::UNIX_EPOCH;
        for state in [
            CaseState::Registered { at },
            CaseState::Closed { at },
            CaseState::ReReviewing { at },
            CaseState::Withdrawn { at },
        ] {
            assert!(STATES.contains(&(state.as_str(), state.label())), "{}", state.as_str());
        }
    }
}

//! The steps themselves: each takes the state and gives the next one.

use jiff::Timestamp;

use super::{CaseState, DeclineReason, Opinion, Step};
use crate::id::{CaseId, DispatchId};
use crate::unit::UnitCode;

/// A step that the state does not allow.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a case that is {from} cannot become {to}")]
pub struct InvalidTransition {
    /// Where it stands.
    pub from: &'static str,
    /// Where it was to go.
    pub to: &'static str,
}

/// What a step gives.
type Next = Result<CaseState, InvalidTransition>;

impl CaseState {
    const fn refuse(&self, step: Step) -> Next {
        Err(InvalidTransition { from: self.as_str(), to: step.becomes() })
    }

    /// Sends a registered case to a unit.
    ///
    /// # Errors
    /// It is not registered: what was sent must first be recalled or objected to.
    pub fn dispatch(self, dispatch: DispatchId, lead: UnitCode, at: Timestamp) -> Next {
        let Self::Registered { .. } = self else { return self.refuse(Step::Dispatch) };
        Ok(Self::Dispatched { dispatch, lead, at })
    }

    /// Takes a dispatched case back: the desk recalls it, or the unit objected within 5 working days (article 23 (3)) and
    /// the desk agrees.
    ///
    /// # Errors
    /// It is not dispatched.
    pub fn take_back(self, at: Timestamp) -> Next {
        let Self::Dispatched { .. } = self else { return self.refuse(Step::TakeBack) };
        Ok(Self::Registered { at })
    }

    /// The unit accepts (article 23): the 60 days of article 34 run from here.
    ///
    /// # Errors
    /// It is not dispatched.
    pub fn accept(self, at: Timestamp) -> Next {
        let Self::Dispatched { dispatch, lead, .. } = self else { return self.refuse(Step::Accept) };
        Ok(Self::Accepted { dispatch, lead, at, extended: false })
    }

    /// The unit does not accept. That it is not the right unit is an objection, and then [`CaseState::take_back`]; this is for
    /// what must not be accepted, or for what the petitioner must take elsewhere.
    ///
    /// # Errors
    /// It is not dispatched.
    pub fn decline(self, reason: DeclineReason, at: Timestamp) -> Next {
        let Self::Dispatched { lead, .. } = self else { return self.refuse(Step::Decline) };
        Ok(Self::Declined { lead, at, reason })
    }

    /// The unit leads the petitioner into the procedure that the law has for the matter (article 31 (1) to (5)), at once or after it
    /// accepted.
    ///
    /// # Errors
    /// It is neither dispatched nor accepted.
    pub fn divert(self, procedure: String, at: Timestamp) -> Next {
        let (Self::Dispatched { lead, .. } | Self::Accepted { lead, .. }) = self else {
            return self.refuse(Step::Divert);
        };
        Ok(Self::Diverted { lead, at, procedure })
    }

    /// Gives the one extension of up to 30 days (article 34). When the 60 days began stays as it was.
    ///
    /// # Errors
    /// It is not accepted, or was extended before.
    pub fn extend(self) -> Next {
        let Self::Accepted { dispatch, lead, at, extended: false } = self else { return self.refuse(Step::Extend) };
        Ok(Self::Accepted { dispatch, lead, at, extended: true })
    }

    /// The unit decides (article 32).
    ///
    /// # Errors
    /// It is not accepted.
    pub fn opine(self, opinion: Opinion, at: Timestamp) -> Next {
        let Self::Accepted { lead, .. } = self else { return self.refuse(Step::Opine) };
        Ok(Self::Opined { lead, at, opinion })
    }

    /// The petitioner has the written reply: the 30 days of article 35 run from here.
    ///
    /// # Errors
    /// There is no opinion to serve.
    pub fn serve(self, at: Timestamp) -> Next {
        let Self::Opined { lead, .. } = self else { return self.refuse(Step::Serve) };
        Ok(Self::Served { lead, at })
    }

    /// The petitioner asks for review (article 35).
    ///
    /// # Errors
    /// There is no opinion that was served.
    pub fn ask_review(self, at: Timestamp) -> Next {
        let Self::Served { .. } = self else { return self.refuse(Step::AskReview) };
        Ok(Self::Reviewing { at })
    }

    /// The reviewing organ decides (article 35).
    ///
    /// # Errors
    /// It is not under review.
    pub fn review(self, at: Timestamp) -> Next {
        let Self::Reviewing { .. } = self else { return self.refuse(Step::Review) };
        Ok(Self::Reviewed { at })
    }

    /// The petitioner asks for re-review (article 36).
    ///
    /// # Errors
    /// It was not reviewed.
    pub fn ask_re_review(self, at: Timestamp) -> Next {
        let Self::Reviewed { .. } = self else { return self.refuse(Step::AskReReview) };
        Ok(Self::ReReviewing { at })
    }

    /// The re-reviewing organ decides; there is nothing after it (article 36).
    ///
    /// # Errors
    /// It is not under re-review.
    pub fn re_review(self, at: Timestamp) -> Next {
        let Self::ReReviewing { .. } = self else { return self.refuse(Step::ReReview) };
        Ok(Self::ReReviewed { at })
    }

    /// Closes a case: one that the office answers itself or files (直接回复、存), one that was declined or diverted, and one whose
    /// opinion was served and stands, at any of the three levels.
    ///
    /// # Errors
    /// Somebody still has to do something about it, or it is closed.
    pub fn close(self, at: Timestamp) -> Next {
        let (Self::Registered { .. }
        | Self::Declined { .. }
        | Self::Diverted { .. }
        | Self::Served { .. }
        | Self::Reviewed { .. }
        | Self::ReReviewed { .. }) = self
        else {
            return self.refuse(Step::Close);
        };
        Ok(Self::Closed { at })
    }

    /// The petitioner withdraws, before there is an opinion.
    ///
    /// # Errors
    /// There is an opinion, or nothing is under way.
    pub fn withdraw(self, at: Timestamp) -> Next {
        let (Self::Registered { .. } | Self::Dispatched { .. } | Self::Accepted { .. }) = self else {
            return self.refuse(Step::Withdraw);
        };
        Ok(Self::Withdrawn { at })
    }

    /// Marks the case as joined into `into`, remembering where it stood.
    ///
    /// # Errors
    /// Only a case that no unit works on can be joined: a registered one.
    pub fn join(self, into: CaseId, at: Timestamp) -> Next {
        let Self::Registered { .. } = self else { return self.refuse(Step::Join) };
        Ok(Self::Joined { into, at, before: Box::new(self) })
    }

    /// Undoes [`CaseState::join`]: the case stands where it stood before.
    ///
    /// # Errors
    /// It is not joined.
    pub fn part(self) -> Next {
        let Self::Joined { before, .. } = self else { return self.refuse(Step::Part) };
        Ok(*before)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_795_482_000 + second).unwrap()
    }

    fn lead() -> UnitCode {
        UnitCode::parse("swj").unwrap()
    }

    const SENDING: DispatchId = DispatchId::from_uuid(Uuid::from_u128(1));
    const EARLIER: CaseId = CaseId::from_uuid(Uuid::from_u128(2));

    /// Every state, an accepted one with and without its extension.
    fn states() -> [(&'static str, CaseState); 15] {
        let accepted = |extended| CaseState::Accepted { dispatch: SENDING, lead: lead(), at: at(2), extended };
        [
            ("registered", CaseState::Registered { at: at(0) }),
            ("dispatched", CaseState::Dispatched { dispatch: SENDING, lead: lead(), at: at(1) }),
            ("accepted", accepted(false)),
            ("accepted, extended", accepted(true)),
            ("declined", CaseState::Declined { lead: lead(), at: at(3), reason: DeclineReason::OtherBranch }),
            ("diverted", CaseState::Diverted { lead: lead(), at: at(3), procedure: "行政复议".to_owned() }),
            ("opined", CaseState::Opined { lead: lead(), at: at(4), opinion: Opinion::Support }),
            ("served", CaseState::Served { lead: lead(), at: at(5) }),
            ("reviewing", CaseState::Reviewing { at: at(6) }),
            ("reviewed", CaseState::Reviewed { at: at(7) }),
            ("re_reviewing", CaseState::ReReviewing { at: at(8) }),
            ("re_reviewed", CaseState::ReReviewed { at: at(9) }),
            ("closed", CaseState::Closed { at: at(10) }),
            ("withdrawn", CaseState::Withdrawn { at: at(10) }),
            (
                "joined",
                CaseState::Joined { into: EARLIER, at: at(10), before: Box::new(CaseState::Registered { at: at(0) }) },
            ),
        ]
    }

    fn take(state: CaseState, step: Step) -> Next {
        let now = at(99);
        match step {
            Step::Dispatch => state.dispatch(SENDING, lead(), now),
            Step::TakeBack => state.take_back(now),
            Step::Accept => state.accept(now),
            Step::Decline => state.decline(DeclineReason::Discipline, now),
            Step::Divert => state.divert("劳动仲裁".to_owned(), now),
            Step::Extend => state.extend(),
            Step::Opine => state.opine(Opinion::Explain, now),
            Step::Serve => state.serve(now),
            Step::AskReview => state.ask_review(now),
            Step::Review => state.review(now),
            Step::AskReReview => state.ask_re_review(now),
            Step::ReReview => state.re_review(now),
            Step::Close => state.close(now),
            Step::Withdraw => state.withdraw(now),
            Step::Join => state.join(EARLIER, now),
            Step::Part => state.part(),
        }
    }

    /// From where, by which step, to where. What is not here is not allowed.
    const ALLOWED: &[(&str, Step, &str)] = &[
        ("registered", Step::Dispatch, "dispatched"),
        ("registered", Step::Close, "closed"),
        ("registered", Step::Withdraw, "withdrawn"),
        ("registered", Step::Join, "joined"),
        ("dispatched", Step::TakeBack, "registered"),
        ("dispatched", Step::Accept, "accepted"),
        ("dispatched", Step::Decline, "declined"),
        ("dispatched", Step::Divert, "diverted"),
        ("dispatched", Step::Withdraw, "withdrawn"),
        ("accepted", Step::Divert, "diverted"),
        ("accepted", Step::Extend, "accepted"),
        ("accepted", Step::Opine, "opined"),
        ("accepted", Step::Withdraw, "withdrawn"),
        ("accepted, extended", Step::Divert, "diverted"),
        ("accepted, extended", Step::Opine, "opined"),
        ("accepted, extended", Step::Withdraw, "withdrawn"),
        ("declined", Step::Close, "closed"),
        ("diverted", Step::Close, "closed"),
        ("opined", Step::Serve, "served"),
        ("served", Step::AskReview, "reviewing"),
        ("served", Step::Close, "closed"),
        ("reviewing", Step::Review, "reviewed"),
        ("reviewed", Step::AskReReview, "re_reviewing"),
        ("reviewed", Step::Close, "closed"),
        ("re_reviewing", Step::ReReview, "re_reviewed"),
        ("re_reviewed", Step::Close, "closed"),
        ("joined", Step::Part, "registered"),
    ];

    #[test]
    fn every_state_allows_exactly_its_steps() {
        for (name, state) in states() {
            for step in Step::ALL {
                let expected = ALLOWED.iter().find(|(from, by, _)| (*from, *by) == (name, step)).map(|(.., to)| *to);
                assert_eq!(
                    state.steps().contains(&step),
                    expected.is_some(),
                    "the row of {name} in the table, {step:?}"
                );
                match (take(state.clone(), step), expected) {
                    (Ok(next), Some(to)) => assert_eq!(next.as_str(), to, "{name} by {step:?}"),
                    (Err(refused), None) => {
                        assert_eq!(refused, InvalidTransition { from: state.as_str(), to: step.becomes() });
                    }
                    (taken, expected) => panic!("{name} by {step:?}: {taken:?}, but {expected:?} was expected"),
                }
            }
        }
    }

    #[test]
    fn a_case_can_go_all_the_way() {
        let mut state = CaseState::Registered { at: at(0) };
        for step in [
            Step::Dispatch,
            Step::TakeBack,
            Step::Dispatch,
            Step::Accept,
            Step::Extend,
            Step::Opine,
            Step::Serve,
            Step::AskReview,
            Step::Review,
            Step::AskReReview,
            Step::ReReview,
            Step::Close,
        ] {
            state = take(state, step).unwrap();
        }
        assert_eq!(state, CaseState::Closed { at: at(99) });
    }

    #[test]
    fn what_a_state_knows_is_carried_on() {
        let dispatched = CaseState::Registered { at: at(0) }.dispatch(SENDING, lead(), at(1)).unwrap();
        let accepted = dispatched.accept(at(2)).unwrap();
        let extended = accepted.extend().unwrap();
        let expected = CaseState::Accepted { dispatch: SENDING, lead: lead(), at: at(2), extended: true };
        assert_eq!(extended, expected, "an extension does not move the beginning of the 60 days");
        let opined = extended.opine(Opinion::Refuse, at(3)).unwrap();
        assert_eq!(opined, CaseState::Opined { lead: lead(), at: at(3), opinion: Opinion::Refuse });
        assert_eq!(opined.serve(at(4)).unwrap(), CaseState::Served { lead: lead(), at: at(4) });
    }

    #[test]
    fn undoing_a_join_restores_the_very_state() {
        let before = CaseState::Registered { at: at(7) };
        let joined = before.clone().join(EARLIER, at(8)).unwrap();
        assert_eq!(joined.part().unwrap(), before);
    }

    #[test]
    fn every_state_has_one_name_in_code_and_json_and_a_label() {
        for (_, state) in states() {
            let json = serde_json::to_value(&state).unwrap();
            assert_eq!(json["state"], state.as_str());
            assert_eq!(serde_json::from_value::<CaseState>(json).unwrap(), state);
            assert!(!state.label().is_empty());
        }
    }
}

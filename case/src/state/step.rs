//! The steps between states, and which of them each state allows.

use super::CaseState;

/// A step, without its data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// 转送、交办: [`CaseState::dispatch`].
    Dispatch,
    /// 撤回转送、交办: [`CaseState::take_back`].
    TakeBack,
    /// 受理: [`CaseState::accept`].
    Accept,
    /// 不予受理: [`CaseState::decline`].
    Decline,
    /// 引导: [`CaseState::divert`].
    Divert,
    /// 延期: [`CaseState::extend`].
    Extend,
    /// 作出处理意见: [`CaseState::opine`].
    Opine,
    /// 送达: [`CaseState::serve`].
    Serve,
    /// 申请复查: [`CaseState::ask_review`].
    AskReview,
    /// 作出复查意见: [`CaseState::review`].
    Review,
    /// 申请复核: [`CaseState::ask_re_review`].
    AskReReview,
    /// 作出复核意见: [`CaseState::re_review`].
    ReReview,
    /// 办结: [`CaseState::close`].
    Close,
    /// 撤回: [`CaseState::withdraw`].
    Withdraw,
    /// 并入: [`CaseState::join`].
    Join,
    /// 移出: [`CaseState::part`].
    Part,
}

impl Step {
    /// Every step, in the order in which they come up.
    pub const ALL: [Self; 16] = [
        Self::Dispatch,
        Self::TakeBack,
        Self::Accept,
        Self::Decline,
        Self::Divert,
        Self::Extend,
        Self::Opine,
        Self::Serve,
        Self::AskReview,
        Self::Review,
        Self::AskReReview,
        Self::ReReview,
        Self::Close,
        Self::Withdraw,
        Self::Join,
        Self::Part,
    ];

    /// What a case becomes by it, as [`super::InvalidTransition::to`] tells it.
    #[must_use]
    pub const fn becomes(self) -> &'static str {
        match self {
            Self::Dispatch => "dispatched",
            Self::TakeBack => "registered",
            Self::Accept => "accepted",
            Self::Decline => "declined",
            Self::Divert => "diverted",
            Self::Extend => "extended",
            Self::Opine => "opined",
            Self::Serve => "served",
            Self::AskReview => "reviewing",
            Self::Review => "reviewed",
            Self::AskReReview => "re_reviewing",
            Self::ReReview => "re_reviewed",
            Self::Close => "closed",
            Self::Withdraw => "withdrawn",
            Self::Join => "joined",
            Self::Part => "parted",
        }
    }
}

impl CaseState {
    /// The steps that the state allows: what a page may offer.
    #[must_use]
    pub const fn steps(&self) -> &'static [Step] {
        match self {
            Self::Registered { .. } => &[Step::Dispatch, Step::Close, Step::Withdraw, Step::Join],
            Self::Dispatched { .. } => &[Step::TakeBack, Step::Accept, Step::Decline, Step::Divert, Step::Withdraw],
            // Article 34: one extension.
            Self::Accepted { extended: false, .. } => &[Step::Divert, Step::Extend, Step::Opine, Step::Withdraw],
            Self::Accepted { extended: true, .. } => &[Step::Divert, Step::Opine, Step::Withdraw],
            Self::Opined { .. } => &[Step::Serve],
            Self::Served { .. } => &[Step::AskReview, Step::Close],
            Self::Reviewing { .. } => &[Step::Review],
            Self::Reviewed { .. } => &[Step::AskReReview, Step::Close],
            Self::ReReviewing { .. } => &[Step::ReReview],
            Self::Declined { .. } | Self::Diverted { .. } | Self::ReReviewed { .. } => &[Step::Close],
            Self::Closed { .. } | Self::Withdrawn { .. } => &[],
            Self::Joined { .. } => &[Step::Part],
        }
    }
}

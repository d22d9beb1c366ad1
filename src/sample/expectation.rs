//! What should come out of a sample, so that a test can hold the demo against it.

use case::problem::ProblemCode;
use case::purpose::Purpose;
use case::secrecy::Secrecy;

/// What the gateway should find in one sample when all samples before it are in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expectation {
    /// What it is to the earlier samples.
    pub outcome: Outcome,
    /// Names of samples that look alike and must not be joined with it.
    pub apart_from: &'static [&'static str],
    /// Who may see it.
    pub secrecy: Secrecy,
    /// What the petitioner wants.
    pub purpose: Purpose,
    /// The first petitioner's name as a person would register it; `None` for an anonymous one.
    pub petitioner: Option<&'static str>,
    /// How many petitioners are named.
    pub petitioners: usize,
    /// First levels of the content classes that a person would accept, in the words of the taxonomy.
    pub classes: &'static [&'static str],
    /// The nine digits of the township or street office of the place; `None` where the text names none.
    pub township: Option<&'static str>,
    /// Codes of the units that a person would send it to, best first.
    pub units: &'static [&'static str],
    /// Codes of units that must never get it.
    pub never: &'static [&'static str],
}

/// What a sample is to the ones before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// A case of its own without relation.
    New,
    /// 重复信访: same petitioner and matter as the named sample.
    Repeat(&'static str),
    /// 同类事项: another petitioner, the same matter as the named sample.
    SameMatter(&'static str),
    /// 关联: thanks for the named sample.
    Related(&'static str),
    /// The same bytes as the named sample: its receipt is given again.
    Replay(&'static str),
    /// Not registered, for this reason.
    Refused(ProblemCode),
}

impl Expectation {
    /// A new, ordinary 申诉求决 of one petitioner.
    #[must_use]
    pub const fn new(petitioner: &'static str) -> Self {
        Self {
            outcome: Outcome::New,
            apart_from: &[],
            secrecy: Secrecy::Ordinary,
            purpose: Purpose::AppealOrDemand,
            petitioner: Some(petitioner),
            petitioners: 1,
            classes: &[],
            township: None,
            units: &[],
            never: &[],
        }
    }

    /// Nobody is named.
    #[must_use]
    pub const fn anonymous() -> Self {
        Self { petitioner: None, petitioners: 0, ..Self::new("") }
    }

    /// Input that is refused.
    #[must_use]
    pub const fn refused(code: ProblemCode) -> Self {
        Self { outcome: Outcome::Refused(code), ..Self::anonymous() }
    }

    /// With another relation to the earlier samples.
    #[must_use]
    pub const fn and(mut self, outcome: Outcome) -> Self {
        self.outcome = outcome;
        self
    }

    /// Must not be joined with these.
    #[must_use]
    pub const fn apart_from(mut self, names: &'static [&'static str]) -> Self {
        self.apart_from = names;
        self
    }

    /// An accusation: sealed, and kept from `never`.
    #[must_use]
    pub const fn sealed(mut self, never: &'static [&'static str]) -> Self {
        self.secrecy = Secrecy::Sealed;
        self.purpose = Purpose::Accusation;
        self.never = never;
        self
    }

    /// 保密 was asked.
    #[must_use]
    pub const fn confidential(mut self) -> Self {
        self.secrecy = Secrecy::Confidential;
        self
    }

    /// 建议意见.
    #[must_use]
    pub const fn suggestion(mut self) -> Self {
        self.purpose = Purpose::Suggestion;
        self
    }

    /// Named petitioners.
    #[must_use]
    pub const fn petitioners(mut self, count: usize) -> Self {
        self.petitioners = count;
        self
    }

    /// About this, there, for them.
    #[must_use]
    pub const fn routed(
        mut self,
        classes: &'static [&'static str],
        township: Option<&'static str>,
        units: &'static [&'static str],
    ) -> Self {
        self.classes = classes;
        self.township = township;
        self.units = units;
        self
    }
}

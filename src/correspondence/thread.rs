//! Whether a mail that is a petition belongs to a case that is there.
//!
//! A mail that carries a token of ours and comes from an address of that case's petitioners joins the case by itself. Whatever else
//! names a case, a token in strange hands or only a number, becomes a case of its own and a suggestion for a person: numbers stand on
//! paper, and a stranger who quotes one must neither get into a case nor learn anything of it. An answer to a case that has ended is
//! never added to it unseen: it may ask for a review, within a time limit, or tell of something new.

use case::actor::Actor;
use case::field::Confidence;
use case::finding::{Decision, Finding, Reason, Relation};
use case::id::FindingId;
use case::mail_thread::MailThread;
use case::matter::Case;
use case::number::RegistrationNumber;
use case::secrecy::Secrecy;
use case::state::CaseState;
use case::statement::Statement;
use case::submission::Submission;
use channels::mail::Envelope;
use store::UnitOfWork;

use crate::desk::join::standing_case;
use crate::gateway::Gateway;
use crate::jobs::failure::Failure;

/// How much of a body is looked through for a registration number, in characters.
const LOOKED_AT: usize = 20_000;
/// The reason that speaks against joining a case that has ended.
const ENDED: &str = "case_closed";
/// How likely it is that a mail which only names a case is about it.
const NAMED: f32 = 0.5;

/// A case that a mail answers or names.
#[derive(Debug, Clone)]
pub(crate) struct Standing {
    /// The submission by which the case was found.
    earlier: Submission,
    /// The case to which that submission belongs now.
    case: Case,
    /// What speaks for it.
    reason: Reason,
    /// Why a person must decide; none when the mail joins the case by itself.
    against: Option<Reason>,
}

impl Standing {
    /// How closed the mail must be at least: what belongs to a sealed case, or claims to, is sealed with it.
    pub(crate) const fn secrecy(&self) -> Secrecy {
        self.case.secrecy
    }

    /// Whether the petitioner answers a case that has ended.
    pub(crate) fn has_ended(&self) -> bool {
        self.against.as_ref().is_some_and(|against| against.kind == ENDED)
    }

    /// Whether the mail joins the case by itself.
    pub(crate) const fn joins(&self) -> bool {
        self.against.is_none()
    }
}

impl Gateway {
    /// The case that a mail answers or names.
    ///
    /// # Errors
    /// The store failed.
    pub(crate) async fn standing(
        &self,
        unit: &mut dyn UnitOfWork,
        envelope: &Envelope,
        statement: &Statement,
    ) -> Result<Option<Standing>, Failure> {
        for thread in MailThread::find(&envelope.threads, &self.secret) {
            let MailThread::Petitioner(id) = thread else { continue };
            let Some(earlier) = unit.submission(id).await? else { continue };
            let case = standing_case(unit, earlier.case).await?;
            let against = against(unit, &case, envelope).await?;
            let reason = reason("mail_thread", "回复本中心发出的邮件");
            return Ok(Some(Standing { earlier, case, reason, against }));
        }
        let body = statement.body.chars().take(LOOKED_AT).collect::<String>();
        for number in numbers(&envelope.subject).into_iter().chain(numbers(&body)) {
            let Some(earlier) = unit.submission_by_number(&number).await? else { continue };
            let case = standing_case(unit, earlier.case).await?;
            let named = reason("number_quoted", "来信写有该事项的编号");
            let against = reason("number_only", "编号任何人都可能知道，须核实来信人身份");
            return Ok(Some(Standing { earlier, case, reason: named, against: Some(against) }));
        }
        Ok(None)
    }

    /// Joins a submission that was just registered to the case that it answers, or leaves the question to a person.
    ///
    /// # Errors
    /// The store failed.
    pub(crate) async fn place_in_thread(
        &self,
        unit: &mut dyn UnitOfWork,
        submission: &Submission,
        standing: &Standing,
    ) -> Result<(), Failure> {
        let score = if standing.joins() { Confidence::CERTAIN } else { Confidence::new(NAMED) };
        let finding = Finding {
            id: FindingId::fresh(&*self.clock, &*self.randomness),
            submission: submission.id,
            other_submission: standing.earlier.id,
            other: standing.case.id,
            relation: Relation::Supplement,
            score,
            reasons: vec![standing.reason.clone()],
            against: standing.against.clone().into_iter().collect(),
            found_at: self.clock.now(),
            decision: Decision::Open,
        };
        unit.insert_findings(std::slice::from_ref(&finding)).await?;
        if standing.joins() {
            let why = Some("回复本中心邮件，且发件地址为信访人登记的邮箱".to_owned());
            self.join_case(unit, submission, &finding, Relation::Supplement, Actor::System, why).await?;
        }
        Ok(())
    }
}

/// Why an answer does not join the case by itself.
async fn against(unit: &mut dyn UnitOfWork, case: &Case, envelope: &Envelope) -> Result<Option<Reason>, Failure> {
    if envelope.several_senders {
        return Ok(Some(reason("several_senders", "邮件写有几个不同的发件地址")));
    }
    let Some(sender) = &envelope.sender else {
        return Ok(Some(reason("no_sender", "邮件没有发件地址")));
    };
    let submissions = unit.submissions_of_case(case.id).await?;
    let petitioners = submissions.iter().flat_map(|submission| &submission.statement.petitioners);
    let known = petitioners.filter_map(|petitioner| petitioner.mail_address.as_ref());
    let mut known = known.map(|address| address.value.as_str());
    // What stands behind a plus is part of the address: whether `a+b` reaches whoever reads `a` only their provider knows.
    if !known.any(|address| address.eq_ignore_ascii_case(sender)) {
        return Ok(Some(reason("other_sender", "发件地址不是该事项信访人登记的邮箱")));
    }
    if matches!(case.state, CaseState::Closed { .. } | CaseState::Withdrawn { .. }) {
        return Ok(Some(reason(ENDED, "该事项已办结或已撤回，请判断是复查申请、新情况还是新事项")));
    }
    Ok(None)
}

fn reason(kind: &str, text: &str) -> Reason {
    Reason::new(kind, text, Vec::new())
}

/// The registration numbers in a text, with right check digits.
fn numbers(text: &str) -> Vec<RegistrationNumber> {
    let plain = case::text::normalise(text);
    let words = plain.split(|c: char| !c.is_ascii_alphanumeric());
    words.filter(|word| word.len() == 16).filter_map(|word| RegistrationNumber::parse(word).ok()).collect()
}

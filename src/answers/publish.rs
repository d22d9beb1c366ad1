//! A person publishes the answer of a case.

use case::event::EventKind;
use case::id::PublishedAnswerId;
use case::mask::{self, People};
use case::matter::Case;
use case::number::RegistrationNumber;
use case::problem::{Problem, ProblemCode};
use case::published_answer::{PublicText, PublishedAnswer};
use case::purpose::Purpose;
use case::secrecy::Secrecy;
use case::staff::Permission;
use case::state::CaseState;
use case::submission::Submission;

use crate::desk::decide::told;
use crate::desk::viewer::Viewer;
use crate::gateway::Gateway;
use crate::jobs::failure::Failure;
use crate::jobs::kind::{Queue, Task};

/// The most answers of one case that were ever published.
pub const ANSWERS_LIMIT: usize = 20;

/// How the petitioners' consent to publishing is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consent {
    /// As far as they gave it with their petitions.
    Stated,
    /// The person who publishes has asked them.
    Asked,
}

impl Gateway {
    /// Publishes the texts as the answer of the case.
    ///
    /// # Errors
    /// No right, no such case, an accusation, no consent, or the texts tell who petitioned.
    pub async fn publish_answer(
        &self,
        viewer: &Viewer,
        number: &RegistrationNumber,
        text: PublicText,
        consent: Consent,
    ) -> Result<PublishedAnswerId, Problem> {
        viewer.require(Permission::Decide)?;
        self.publish_in_one(viewer, number, text, consent).await.map_err(told)
    }

    async fn publish_in_one(
        &self,
        viewer: &Viewer,
        number: &RegistrationNumber,
        text: PublicText,
        consent: Consent,
    ) -> Result<PublishedAnswerId, Failure> {
        let mut unit = self.store.begin().await?;
        let case = unit.case_by_number(number).await?.ok_or_else(|| Failure::Never(ProblemCode::NotFound.into()))?;
        viewer.require_sight(case.secrecy)?;
        let submissions = unit.submissions_of_case(case.id).await?;
        require_publishable(&case, &submissions, consent)?;
        require_anonymous(&text, &submissions)?;
        if unit.answers_of_case(case.id).await?.len() >= ANSWERS_LIMIT {
            return Err(not_so(format!("每个事项最多公开{ANSWERS_LIMIT}次答复")).into());
        }
        let answer = PublishedAnswer {
            id: PublishedAnswerId::fresh(&*self.clock, &*self.randomness),
            case: case.id,
            text,
            published_at: self.clock.now(),
            published_by: viewer.actor(),
            withdrawn: None,
        };
        unit.insert_published_answer(&answer).await?;
        let asked = consent == Consent::Asked;
        let detail = serde_json::json!({ "answer": answer.id, "consent": if asked { "asked" } else { "stated" } });
        let note = if asked { "经办人已征得信访人同意" } else { "信访人登记时同意公开" };
        unit.append_event(self.event(case.id, viewer.actor(), EventKind::AnswerPublished, note.to_owned(), detail))
            .await?;
        let task = Task::IndexAnswer { answer: answer.id };
        unit.enqueue(&self.job(&task, Queue::Quick, Some(case.id), self.clock.now())).await?;
        unit.commit().await?;
        self.wake.ring();
        Ok(answer.id)
    }
}

fn not_so(why: String) -> Problem {
    ProblemCode::NotPublishable.because(why)
}

/// That an answer of this case may be published at all.
fn require_publishable(case: &Case, submissions: &[Submission], consent: Consent) -> Result<(), Problem> {
    let sealed = |one: &Submission| one.secrecy == Secrecy::Sealed;
    if case.secrecy == Secrecy::Sealed || case.purpose == Purpose::Accusation || submissions.iter().any(sealed) {
        return Err(not_so("检举控告一律不公开".to_owned()));
    }
    if matches!(case.state, CaseState::Joined { .. }) {
        return Err(not_so("本件已并入其他事项，请在那个事项中公开".to_owned()));
    }
    let agreed = submissions.iter().all(|one| one.statement.wishes.publishable);
    if !agreed && consent == Consent::Stated {
        return Err(not_so("信访人登记时没有同意公开；请先征得同意，再勾选确认".to_owned()));
    }
    Ok(())
}

/// That the texts tell nothing of who petitioned. What is found is named by its field, never repeated.
fn require_anonymous(text: &PublicText, submissions: &[Submission]) -> Result<(), Problem> {
    let mut people = People::default();
    let mut phones: Vec<&str> = Vec::new();
    for submission in submissions {
        people.add(&submission.statement);
        let petitioners = submission.statement.petitioners.iter().chain(&submission.statement.proxy);
        phones.extend(petitioners.flat_map(|person| &person.phones).map(|phone| phone.value.as_str()));
    }
    for (name, words) in [("公开标题", text.title()), ("公开的问题", text.question()), ("公开的答复", text.answer())]
    {
        if people.hide(words) != mask::numbers_in(words) {
            return Err(not_so(format!("{name}里有信访人的姓名、地址或邮箱，请删去")));
        }
        if numbers(words).iter().any(|number| is_personal(number, &phones)) {
            return Err(not_so(format!("{name}里有手机号、证件号等个人号码，请删去；单位的固定电话可以保留")));
        }
    }
    Ok(())
}

/// The runs of digits of a text, dashes and blanks inside them left out, full-width digits as plain ones.
fn numbers(words: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    for character in words.chars() {
        let plain = match character {
            '０'..='９' => char::from_u32(u32::from(character) - u32::from('０') + u32::from('0')),
            _ => Some(character).filter(char::is_ascii_digit),
        };
        match (plain, found.last_mut()) {
            (Some(digit), Some(last)) => last.push(digit),
            (None, Some(last)) if !last.is_empty() && !matches!(character, '-' | '－' | ' ') => {
                found.push(String::new());
            }
            _ => {}
        }
    }
    found
}

/// Whether a number is one of a person: of a mobile phone, an identity card or an account, or a phone of the petitioners.
fn is_personal(number: &str, phones: &[&str]) -> bool {
    /// A mobile phone has 11 digits and begins with 1.
    const MOBILE: usize = 11;
    /// Identity cards had 15 digits once; accounts have more.
    const PERSONAL: usize = 15;
    let mobile = number.len() == MOBILE && number.starts_with('1');
    let own = |phone: &&str| {
        let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
        !digits.is_empty() && number.contains(&digits)
    };
    mobile || number.len() >= PERSONAL || phones.iter().any(own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn personal_numbers_are_told_from_those_of_offices_years_and_amounts() {
        let personal = |words: &str| numbers(words).iter().any(|number| is_personal(number, &["03122351234"]));
        for words in ["电话138 0000-0001", "１３８００００００１１请", "身份证13068219800101123X", "0312-2351234联系"]
        {
            assert!(personal(words), "{words}");
        }
        for words in ["拨打0312-2350000", "2026年11月29日前完成", "12345热线", "共补发36000元", ""] {
            assert!(!personal(words), "{words}");
        }
    }
}

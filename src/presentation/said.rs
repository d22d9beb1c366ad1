//! What was said in a call and when: the fields that rest on a moment of the recording, for those who listen to it again.

use case::field::{Field, Source, Verdict};
use case::mask::{self, People};
use case::statement::Statement;
use serde::Serialize;
use utoipa::ToSchema;

use crate::presentation::Masking;

/// A value that was said.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct SaidDocument {
    /// Which field: `name`, `phone`, `id_number`, `address`, `place`, `demand`, or a mention: `date`, `amount`, `house_number`.
    pub field: &'static str,
    /// What it is called on pages.
    #[serde(skip)]
    pub label: &'static str,
    /// The value in its written form.
    pub value: String,
    /// As it was said, where that differs.
    pub said: Option<String>,
    /// The second of the recording at which it began to be said.
    pub second: f64,
    /// How sure it is, 0 to 1.
    pub confidence: f32,
    /// `unchecked`, `valid`, `confirmed` (read back and agreed to, or the number that called) or `asked`: a person must decide.
    pub verdict: &'static str,
}

/// Everything in `statement` that rests on a moment of a recording, in the order in which it was said.
#[must_use]
pub fn of(statement: &Statement, masking: Masking, people: &People) -> Vec<SaidDocument> {
    let mut said = Vec::new();
    let words = |text: &String| masking.words(text, people);
    let plain = masking == Masking::Plain;
    for one in &statement.petitioners {
        let name = |name: &String| if plain { name.clone() } else { mask::name(name) };
        said.extend(one.name.iter().filter_map(|field| document("name", "姓名", field, name)));
        said.extend(one.phones.iter().filter_map(|field| {
            document("phone", "电话", field, |phone| if plain { phone.as_str().to_owned() } else { mask::phone(phone) })
        }));
        said.extend(one.id_number.iter().filter_map(|field| {
            document("id_number", "身份证号", field, |id| {
                if plain { id.as_str().to_owned() } else { mask::id_number(id) }
            })
        }));
        let address = |address: &String| if plain { address.clone() } else { mask::address(address) };
        said.extend(one.address.iter().filter_map(|field| document("address", "住址", field, address)));
    }
    said.extend(
        statement.place.iter().filter_map(|field| document("place", "问题属地", field, |place| words(&place.text))),
    );
    said.extend(statement.demand.iter().filter_map(|field| document("demand", "诉求", field, words)));
    for mention in &statement.mentions {
        // The petitioner's own numbers and door stand among the fields.
        if mention.is_personal(&statement.petitioners) {
            continue;
        }
        let found = document(mention.kind.as_str(), mention.kind.label(), &mention.value, words);
        said.extend(found.map(|found| SaidDocument {
            said: Some(words(&mention.said)).filter(|said| *said != found.value),
            ..found
        }));
    }
    said.sort_by(|one, other| one.second.total_cmp(&other.second));
    said
}

fn document<T>(
    name: &'static str,
    label: &'static str,
    field: &Field<T>,
    shown: impl Fn(&T) -> String,
) -> Option<SaidDocument> {
    let Source::Moment { milliseconds } = field.source else { return None };
    Some(SaidDocument {
        field: name,
        label,
        value: shown(&field.value),
        said: None,
        second: std::time::Duration::from_millis(milliseconds).as_secs_f64(),
        confidence: field.confidence.value(),
        verdict: match field.verdict {
            Verdict::Unchecked => "unchecked",
            Verdict::Valid => "valid",
            Verdict::Confirmed => "confirmed",
            Verdict::Asked { .. } => "asked",
        },
    })
}

impl SaidDocument {
    /// The moment for people, `1:03`.
    #[must_use]
    pub fn moment(&self) -> String {
        let seconds = std::time::Duration::try_from_secs_f64(self.second).unwrap_or_default().as_secs();
        format!("{}:{:02}", seconds / 60, seconds % 60)
    }

    /// What people must know of how sure it is.
    #[must_use]
    pub fn note(&self) -> &'static str {
        match self.verdict {
            "confirmed" => "已复述确认",
            "asked" => "请核实",
            _ => "",
        }
    }
}

//! From what was found in a text to the one normal form.

use std::ops::Range;

use case::field::{Confidence, Field, Source};
use case::petitioner::{Petitioner, PetitionerKind};
use case::respondent::Respondent;
use case::statement::{BODY_LIMIT, Mark, PETITIONER_LIMIT, Place, Statement, TITLE_LIMIT};
use case::text::truncate;

use super::{Fields, Found};

/// A field below this is marked [`Mark::Doubtful`].
const DOUBTFUL: f32 = 0.6;
/// How far behind a name its bearer's number begins in a list, in characters: `向东升，电话：138…`.
const BEHIND_NAME: usize = 6;
/// Organisations are told from persons by how their names end.
const ORGANISATION_ENDINGS: [&str; 10] =
    ["公司", "合作社", "委员会", "协会", "厂", "店", "中心", "学校", "医院", "商行"];

/// Where the characters of a find are in the original, and how sure it is that they were read right.
#[derive(Debug, Clone, PartialEq)]
pub struct Located {
    /// Where they are: a page and box, the moment of a call, the characters of the body.
    pub source: Source,
    /// How well the characters were read; 1 for text that was typed.
    pub confidence: Confidence,
}

impl Located {
    /// Characters of a typed body.
    #[must_use]
    pub fn body(range: &Range<usize>) -> Self {
        let place = |position: usize| u32::try_from(position).unwrap_or(u32::MAX);
        Self {
            source: Source::Body { start: place(range.start), end: place(range.end) },
            confidence: Confidence::CERTAIN,
        }
    }
}

impl Fields {
    /// The statement whose whole text is `body`. `locate` says where the characters of a find are in the original and how
    /// well they were read; the confidence of a field is the smaller of the find's and the reading's.
    /// Marks for what is missing are set; the caller may still add fields and marks of its own.
    #[must_use]
    pub fn into_statement(self, body: &str, locate: impl Fn(&Range<usize>) -> Located) -> Statement {
        let mut doubtful = Vec::new();
        let mut place_of = Placing { locate: &locate, doubtful: &mut doubtful };
        let title = self.title.map_or_else(
            || Field::new(String::new(), Confidence::new(0.0), locate(&(0..0)).source),
            |found| place_of.field(found, None),
        );
        let title = Field { value: truncate(&title.value, TITLE_LIMIT).to_owned(), ..title };
        let characters: Vec<char> = body.chars().collect();
        let holders: Vec<usize> = self.phones.iter().map(|phone| holder(&self.names, phone, &characters)).collect();
        let mut petitioners: Vec<Petitioner> = self
            .names
            .into_iter()
            .take(PETITIONER_LIMIT)
            .map(|found| {
                let kind = kind_of(&found.value);
                Petitioner { kind, name: Some(place_of.field(found, Some("name"))), ..Petitioner::default() }
            })
            .collect();
        let mut first = if petitioners.is_empty() { Petitioner::default() } else { petitioners.remove(0) };
        first.id_number = self.id_number.map(|found| place_of.field(found, Some("id_number")));
        first.credit_code = self.credit_code.map(|found| place_of.field(found, Some("credit_code")));
        for (found, holder) in self.phones.into_iter().zip(holders) {
            let other = holder.checked_sub(1).and_then(|place| petitioners.get_mut(place));
            other.unwrap_or(&mut first).phones.push(place_of.field(found, Some("phone")));
        }
        first.mail_address = self.mail_address.map(|found| place_of.field(found, None));
        first.address = self.address.map(|found| place_of.field(found, Some("address")));
        if first.is_known() {
            petitioners.insert(0, first);
        }
        let mut statement = Statement::new(title, truncate(body, BODY_LIMIT).to_owned());
        if body.chars().nth(BODY_LIMIT).is_some() {
            statement.marks.push(Mark::BodyTruncated);
        }
        statement.petitioners = petitioners;
        statement.proxy = self.proxy.map(|found| {
            let kind = kind_of(&found.value);
            Petitioner { kind, name: Some(place_of.field(found, Some("name"))), ..Petitioner::default() }
        });
        if !self.proxy_phones.is_empty() {
            let phones = self.proxy_phones.into_iter().map(|found| place_of.field(found, None));
            statement.proxy.get_or_insert_default().phones.extend(phones);
        }
        statement.respondents = self
            .respondents
            .into_iter()
            .map(|found| Respondent { name: place_of.field(found.name, None), post: found.post, unit: None })
            .collect();
        statement.demand = self.demand.map(|found| place_of.field(found, None));
        statement.place = self
            .place
            .map(|found| place_of.field(found, None))
            .map(|field| field.map(|text| Place { text, code: None }));
        statement.written_on = self.written_on.map(|found| place_of.field(found, None));
        statement.purpose = self.purpose.map(|found| place_of.field(found, None));
        statement.wishes = self.wishes;
        statement.marks.extend(
            self.impossible
                .into_iter()
                .map(|impossible| Mark::Impossible { field: impossible.field.to_owned(), written: impossible.written }),
        );
        statement.marks.extend(doubtful.into_iter().map(|field| Mark::Doubtful { field: field.to_owned() }));
        statement.with_missing_marked()
    }
}

/// Whose number it is in a list of those who sign together: `向东升 13800000301`. The first one's where no name stands right before it.
/// A number about which a person is asked is that of the last name before it in its line.
fn holder<T>(names: &[Found<String>], phone: &Found<T>, body: &[char]) -> usize {
    let gap = |name: &Found<String>| phone.range.start.checked_sub(name.range.end);
    // `村民：张三　李四` and in the row below `电话：138…`: that of all, which is the first one's.
    let of_all = |name: &Found<String>| {
        let below = body.get(name.range.end..phone.range.start).is_some_and(|between| between.contains(&'\n'));
        let beside = |other: &Found<String>| {
            let between = body.get(other.range.end..name.range.start);
            between.is_some_and(|between| !between.contains(&'\n') && between.len() <= BEHIND_NAME)
        };
        below && names.iter().any(beside)
    };
    let behind = |name: &Found<String>| gap(name).is_some_and(|gap| gap <= BEHIND_NAME) && !of_all(name);
    if let Some(place) = names.iter().position(behind) {
        return place;
    }
    let same_line = |name: &Found<String>| {
        body.get(name.range.end..phone.range.start).is_some_and(|between| !between.contains(&'\n'))
    };
    let asked = phone.confidence.value() < DOUBTFUL;
    let before = names.iter().enumerate().filter(|(_, name)| asked && same_line(name));
    before.min_by_key(|(_, name)| gap(name)).map_or(0, |(place, _)| place)
}

/// Puts sources to finds and notes which fields are doubtful.
struct Placing<'call, L> {
    locate: &'call L,
    doubtful: &'call mut Vec<&'static str>,
}

impl<L: Fn(&Range<usize>) -> Located> Placing<'_, L> {
    fn field<T>(&mut self, found: Found<T>, marked_as: Option<&'static str>) -> Field<T> {
        let located = (self.locate)(&found.range);
        let confidence = found.confidence.min(located.confidence);
        if let Some(name) = marked_as.filter(|name| confidence.value() < DOUBTFUL && !self.doubtful.contains(name)) {
            self.doubtful.push(name);
        }
        Field::new(found.value, confidence, located.source)
    }
}

/// Whether `name` ends like the name of an organisation.
pub(super) fn is_organisation(name: &str) -> bool {
    name.chars().count() >= 4 && ORGANISATION_ENDINGS.iter().any(|ending| name.ends_with(ending))
}

fn kind_of(name: &str) -> PetitionerKind {
    if is_organisation(name) { PetitionerKind::Organisation } else { PetitionerKind::Person }
}

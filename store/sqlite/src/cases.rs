//! Cases and the links between them.

use async_trait::async_trait;
use case::class::ContentClass;
use case::field::Field;
use case::id::{CaseId, FindingId};
use case::matter::Case;
use case::number::RegistrationNumber;
use case::purpose::Purpose;
use case::secrecy::Secrecy;
use store::cases::{CaseChanges, CaseFilter, CaseLink, CaseLookups, CaseRow};
use store::{Page, Paging, StoreError};
use uuid::Uuid;

use crate::access::Access;
use crate::cell::{self, Row};

/// A case with what lists show beside it; the three are `NULL` where it is looked up alone.
struct StoredCase {
    id: Uuid,
    number: String,
    title: String,
    opened_at: i64,
    state: String,
    secrecy: String,
    purpose: String,
    class_code: Option<String>,
    class: Option<String>,
    place: Option<String>,
    suggestion: Option<String>,
    version: i64,
    channel: Option<String>,
    submissions: Option<i64>,
    undecided: Option<i64>,
}

/// `SELECT` of whole cases, with what is shown beside them, and what follows the list of columns.
macro_rules! select_cases {
    ($beside:literal, [$($rest:literal)+] $(, $argument:expr)*) => {
        sqlx::query_as!(
            StoredCase,
            r#"SELECT c.id AS "id: Uuid", c.number, c.title, c.opened_at, c.state, c.secrecy, c.purpose, c.class_code, c.class,
                      c.place, c.suggestion, c.version, "# + $beside $(+ $rest)+
            $(, $argument)*
        )
    };
}

/// One case alone.
macro_rules! select_case {
    ($condition:literal, $argument:expr) => {
        select_cases!(
            r#"NULL AS "channel?: String", NULL AS "submissions?: i64", NULL AS "undecided?: i64" FROM cases c "#,
            [$condition],
            $argument
        )
    };
}

/// The condition for the cases that a [`CaseFilter`] wants, for `$then`. Every case in a list has a founding submission `f`.
/// `CROSS JOIN` tells SQLite to walk the cases in the order of their index, newest first, instead of sorting all of them.
macro_rules! with_condition {
    ($then:ident, $wanted:expr $(, $argument:expr)*) => {
        $then!(
            " FROM cases c CROSS JOIN submissions f ON f.own_case_id = c.id
              WHERE c.secrecy IN (SELECT value FROM json_each($1))
                AND ($2 = '[]' OR c.state_name IN (SELECT value FROM json_each($2)))
                AND ($3 IS NULL OR f.channel = $3)
                AND ($4 IS NULL OR c.class_code BETWEEN $4 AND $5)
                AND ($6 IS NULL OR EXISTS (SELECT 1 FROM dispatches d
                                           WHERE d.lead = $6 AND d.case_id = c.id AND d.delivery_name <> 'recalled'))
                AND (NOT $7 OR EXISTS (SELECT 1 FROM submissions s JOIN findings o ON o.submission_id = s.id
                                       JOIN submissions e ON e.id = o.other_submission_id
                                       WHERE s.case_id = c.id AND o.decision_name = 'open' AND e.case_id <> s.case_id
                                         AND (e.secrecy = 'sealed') = (s.secrecy = 'sealed')))",
            $wanted
            $(, $argument)*
        )
    };
}

/// A page of the cases that match.
macro_rules! list_cases {
    ($condition:literal, $wanted:expr, $paging:expr) => {
        select_cases!(
            r#"f.channel AS "channel?: String",
               (SELECT count(*) FROM submissions s WHERE s.case_id = c.id) AS "submissions?: i64",
               (SELECT count(*) FROM submissions s JOIN findings o ON o.submission_id = s.id
                JOIN submissions e ON e.id = o.other_submission_id
                WHERE s.case_id = c.id AND o.decision_name = 'open' AND e.case_id <> s.case_id
                  AND (e.secrecy = 'sealed') = (s.secrecy = 'sealed')) AS "undecided?: i64""#,
            [$condition " ORDER BY c.opened_at DESC, c.id DESC LIMIT $8 OFFSET $9"],
            $wanted.secrecy, $wanted.states, $wanted.channel, $wanted.least_class, $wanted.greatest_class, $wanted.unit,
            $wanted.undecided, $paging.limit, $paging.offset
        )
    };
}

/// The number of cases that match.
macro_rules! count_cases {
    ($condition:literal, $wanted:expr) => {
        sqlx::query_scalar!(
            "SELECT count(*) " + $condition,
            $wanted.secrecy,
            $wanted.states,
            $wanted.channel,
            $wanted.least_class,
            $wanted.greatest_class,
            $wanted.unit,
            $wanted.undecided
        )
    };
}

impl TryFrom<StoredCase> for Case {
    type Error = StoreError;

    fn try_from(row: StoredCase) -> Result<Self, StoreError> {
        let read = Row::of("cases", row.id);
        let class: Option<Field<ContentClass>> = read.json_or_none("class", row.class.as_deref())?;
        if class.as_ref().map(|class| class.value.as_str()) != row.class_code.as_deref() {
            return Err(read.inconsistent("class_code", "another class than in `class`"));
        }
        Ok(Self {
            id: CaseId::from_uuid(row.id),
            number: read.parse("number", &row.number)?,
            title: row.title,
            opened_at: read.time("opened_at", row.opened_at)?,
            state: read.json("state", &row.state)?,
            secrecy: read.parse::<Secrecy>("secrecy", &row.secrecy)?,
            purpose: read.parse::<Purpose>("purpose", &row.purpose)?,
            class,
            place: read.json_or_none("place", row.place.as_deref())?,
            suggestion: read.json_or_none("suggestion", row.suggestion.as_deref())?,
            version: read.count("version", row.version)?,
        })
    }
}

impl TryFrom<StoredCase> for CaseRow {
    type Error = StoreError;

    fn try_from(row: StoredCase) -> Result<Self, StoreError> {
        let read = Row::of("cases", row.id);
        Ok(Self {
            channel: read.parse("channel", row.channel.as_deref().unwrap_or_default())?,
            submissions: read.count("submissions", row.submissions.unwrap_or_default())?,
            undecided: read.count("undecided", row.undecided.unwrap_or_default())?,
            case: row.try_into()?,
        })
    }
}

/// A [`CaseFilter`] as the parameters `$1` to `$7` of the condition.
struct Wanted {
    secrecy: String,
    states: String,
    channel: Option<&'static str>,
    least_class: Option<String>,
    greatest_class: Option<String>,
    unit: Option<String>,
    undecided: bool,
}

impl Wanted {
    fn new(filter: &CaseFilter) -> Result<Self, StoreError> {
        let class = filter.class.as_ref().map(class_range);
        let (least_class, greatest_class) = class.unzip();
        Ok(Self {
            secrecy: cell::to_list(filter.secrecy.iter().map(|secrecy| secrecy.as_str()))?,
            states: cell::to_list(filter.states.iter().map(String::as_str))?,
            channel: filter.channel.map(case::channel::Channel::as_str),
            least_class,
            greatest_class,
            unit: filter.unit.as_ref().map(|unit| unit.as_str().to_owned()),
            undecided: filter.undecided,
        })
    }
}

/// The least and the greatest code of a class and those below it: `0102__` lies between `010200` and `010299`.
fn class_range(class: &ContentClass) -> (String, String) {
    let digits = class.as_str();
    let given = usize::from(class.level()).saturating_mul(2);
    let prefix = digits.get(..given).unwrap_or(digits);
    (format!("{prefix:0<6}"), format!("{prefix:9<6}"))
}

#[async_trait]
impl CaseLookups for Access {
    async fn case(&mut self, id: CaseId) -> Result<Option<Case>, StoreError> {
        let row = select_case!("WHERE c.id = $1", id.as_uuid()).fetch_optional(self.database()?).await;
        self.settle(row, "case")?.map(Case::try_from).transpose()
    }

    async fn case_by_number(&mut self, number: &RegistrationNumber) -> Result<Option<Case>, StoreError> {
        let row = select_case!("WHERE c.number = $1", number.as_str()).fetch_optional(self.database()?).await;
        self.settle(row, "case")?.map(Case::try_from).transpose()
    }

    async fn cases(&mut self, filter: &CaseFilter, paging: Paging) -> Result<Page<CaseRow>, StoreError> {
        let wanted = Wanted::new(filter)?;
        let mut moment = self.moment("case").await?;
        let rows = with_condition!(list_cases, wanted, paging).fetch_all(&mut *moment).await;
        let total = with_condition!(count_cases, wanted).fetch_one(&mut *moment).await;
        drop(moment);
        self.settle_page(rows, total, "case")
    }

    async fn links_of_case(&mut self, case: CaseId) -> Result<Vec<CaseLink>, StoreError> {
        let case = case.as_uuid();
        let rows = sqlx::query!(
            // From either end by its own index; as one condition with OR, SQLite would read every finding there is.
            r#"SELECT f.id AS "finding: Uuid", e.case_id AS "earlier: Uuid", l.case_id AS "later: Uuid"
               FROM findings f JOIN submissions e ON e.id = f.other_submission_id JOIN submissions l ON l.id = f.submission_id
               WHERE f.id IN (SELECT o.id FROM submissions s JOIN findings o ON o.submission_id = s.id WHERE s.case_id = $1
                              UNION
                              SELECT o.id FROM submissions s JOIN findings o ON o.other_submission_id = s.id WHERE s.case_id = $1)
                 AND f.decision_name = 'confirmed' AND json_extract(f.decision, '$.relation') = 'related'
                 AND e.case_id <> l.case_id
               ORDER BY f.id"#,
            case
        )
        .fetch_all(self.database()?)
        .await;
        let link = |earlier, later, finding| CaseLink {
            earlier: CaseId::from_uuid(earlier),
            later: CaseId::from_uuid(later),
            finding: FindingId::from_uuid(finding),
        };
        Ok(self.settle(rows, "link")?.into_iter().map(|row| link(row.earlier, row.later, row.finding)).collect())
    }
}

#[async_trait]
impl CaseChanges for Access {
    async fn insert_case(&mut self, case: &Case) -> Result<(), StoreError> {
        let id = case.id.as_uuid();
        let number = case.number.as_str();
        let opened_at = case.opened_at.as_microsecond();
        let state_name = case.state.as_str();
        let state = cell::to_json(&case.state)?;
        let secrecy = case.secrecy.as_str();
        let purpose = case.purpose.as_str();
        let class_code = case.class.as_ref().map(|class| class.value.as_str());
        let class = cell::to_json_or_none(case.class.as_ref())?;
        let place = cell::to_json_or_none(case.place.as_ref())?;
        let suggestion = cell::to_json_or_none(case.suggestion.as_ref())?;
        let version = cell::to_count(case.version);
        let result = sqlx::query!(
            "INSERT INTO cases
                 (id, number, title, opened_at, state_name, state, secrecy, purpose, class_code, class, place, suggestion, version)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
            id,
            number,
            case.title,
            opened_at,
            state_name,
            state,
            secrecy,
            purpose,
            class_code,
            class,
            place,
            suggestion,
            version
        )
        .execute(self.database()?)
        .await;
        self.settle_one(result, "case")
    }

    async fn update_case(&mut self, case: &Case) -> Result<(), StoreError> {
        let id = case.id.as_uuid();
        let version = cell::to_count(case.version);
        let state_name = case.state.as_str();
        let state = cell::to_json(&case.state)?;
        let secrecy = case.secrecy.as_str();
        let purpose = case.purpose.as_str();
        let class_code = case.class.as_ref().map(|class| class.value.as_str());
        let class = cell::to_json_or_none(case.class.as_ref())?;
        let place = cell::to_json_or_none(case.place.as_ref())?;
        let suggestion = cell::to_json_or_none(case.suggestion.as_ref())?;
        // The number and the time of opening are never written again.
        let result = sqlx::query!(
            "UPDATE cases SET version = version + 1, title = $3, state_name = $4, state = $5, secrecy = $6, purpose = $7,
                              class_code = $8, class = $9, place = $10, suggestion = $11
             WHERE id = $1 AND version = $2",
            id,
            version,
            case.title,
            state_name,
            state,
            secrecy,
            purpose,
            class_code,
            class,
            place,
            suggestion
        )
        .execute(self.database()?)
        .await;
        self.settle_one(result, "case")
    }
}

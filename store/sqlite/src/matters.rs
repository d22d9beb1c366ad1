//! Counts of cases by matter, place and week.

use std::collections::BTreeMap;

use async_trait::async_trait;
use case::class::ContentClass;
use case::id::GroupId;
use store::StoreError;
use store::matters::{GroupCount, MatterCount, MatterFilter, MatterLookups};
use uuid::Uuid;

use crate::access::Access;
use crate::cell::Row;

/// Microseconds of a week. The office's time has no summer time, so every week is as long.
const WEEK: i64 = 7 * 24 * 3600 * 1_000_000;

/// One past the last week.
fn end(filter: &MatterFilter) -> i64 {
    filter.from.as_microsecond().saturating_add(WEEK.saturating_mul(i64::from(filter.weeks)))
}

/// No case in any week.
fn no_weeks(filter: &MatterFilter) -> Vec<u32> {
    vec![0; usize::try_from(filter.weeks).unwrap_or_default()]
}

/// Adds to a week; a week out of the period is none.
fn add(weeks: &mut [u32], week: i64, cases: u32) {
    if let Some(count) = usize::try_from(week).ok().and_then(|week| weeks.get_mut(week)) {
        *count = count.saturating_add(cases);
    }
}

#[async_trait]
impl MatterLookups for Access {
    async fn matter_counts(&mut self, filter: &MatterFilter) -> Result<Vec<MatterCount>, StoreError> {
        let (from, until) = (filter.from.as_microsecond(), end(filter));
        let rows = sqlx::query!(
            r#"SELECT c.class_code AS "class!: String",
                      substr(json_extract(c.place, '$.value.code'), 1, 9) AS "place?: String",
                      (c.opened_at - $1) / $3 AS "week!: i64", count(*) AS "cases!: i64"
               FROM cases c
               WHERE c.opened_at >= $1 AND c.opened_at < $2 AND c.secrecy <> 'sealed' AND c.state_name <> 'joined'
                 AND c.class_code IS NOT NULL
               GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"#,
            from,
            until,
            WEEK
        )
        .fetch_all(self.database()?)
        .await;
        let mut counts: BTreeMap<(String, Option<String>), Vec<u32>> = BTreeMap::new();
        for row in self.settle(rows, "case")? {
            let cases = Row::of("cases", "counted").count("count", row.cases)?;
            add(counts.entry((row.class, row.place)).or_insert_with(|| no_weeks(filter)), row.week, cases);
        }
        let enough = |weeks: &[u32]| weeks.iter().copied().fold(0, u32::saturating_add) >= filter.least;
        let mut matters = Vec::new();
        for ((class, place), weeks) in counts.into_iter().filter(|(_, weeks)| enough(weeks)) {
            let read = Row::of("cases", "counted");
            let class = ContentClass::parse(&class).map_err(|fault| read.inconsistent("class_code", fault))?;
            let place = place.map(|place| case::place::PlaceCode::parse(&place));
            let place = place.transpose().map_err(|fault| read.inconsistent("place", fault))?;
            matters.push(MatterCount { class, place, weeks });
        }
        Ok(matters)
    }

    async fn group_counts(&mut self, filter: &MatterFilter) -> Result<Vec<GroupCount>, StoreError> {
        let (from, until) = (filter.from.as_microsecond(), end(filter));
        let rows = sqlx::query!(
            r#"SELECT m.group_id AS "group: Uuid", CASE WHEN c.opened_at >= $1 THEN (c.opened_at - $1) / $3 ELSE -1 END AS "week!: i64",
                      count(*) AS "cases!: i64"
               FROM (SELECT DISTINCT k.group_id, s.case_id FROM groupings k JOIN findings f ON f.id = k.finding_id
                     JOIN submissions s ON s.id IN (f.other_submission_id, f.submission_id)) m
               JOIN cases c ON c.id = m.case_id
               WHERE c.secrecy <> 'sealed' AND c.opened_at < $2
               GROUP BY 1, 2 ORDER BY 1, 2"#,
            from,
            until,
            WEEK
        )
        .fetch_all(self.database()?)
        .await;
        let mut counts: BTreeMap<Uuid, (u32, Vec<u32>)> = BTreeMap::new();
        for row in self.settle(rows, "group")? {
            let cases: u32 = Row::of("groups", row.group).count("count", row.cases)?;
            let (all, weeks) = counts.entry(row.group).or_insert_with(|| (0, no_weeks(filter)));
            *all = all.saturating_add(cases);
            add(weeks, row.week, cases);
        }
        let counts = counts.into_iter().map(|(group, (cases, weeks))| GroupCount {
            group: GroupId::from_uuid(group),
            cases,
            weeks,
        });
        Ok(counts.filter(|count| count.cases >= filter.least && count.weeks.iter().any(|week| *week > 0)).collect())
    }
}

//! Rules for counts by matter, place and week.

use std::sync::Arc;

use case::actor::Actor;
use case::channel::Channel;
use case::group::Group;
use case::id::GroupId;
use case::matter::Case;
use case::secrecy::Secrecy;

use super::Outcome;
use super::sample::{Registered, Samples};
use crate::Store;
use crate::matters::{GroupCount, MatterFilter};

async fn three(
    store: &dyn Store,
    samples: &Samples,
) -> Result<[Registered; 3], Box<dyn std::error::Error + Send + Sync>> {
    Ok([
        samples.keep(store, Channel::Web, Secrecy::Ordinary).await?,
        samples.keep(store, Channel::Letter, Secrecy::Confidential).await?,
        samples.keep(store, Channel::Mail, Secrecy::Ordinary).await?,
    ])
}

/// Rule: few cases are no matter, and neither the sealed nor what was joined elsewhere is counted.
pub async fn matters_are_counted_without_the_sealed(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let [first, second, third] = three(&*store, &samples).await?;
    let counted = async |least: u32| -> Result<Vec<_>, crate::StoreError> {
        let filter = MatterFilter { from: first.case.opened_at, weeks: 2, least };
        let counts = store.read().await?.matter_counts(&filter).await?;
        Ok(counts.into_iter().map(|count| (count.place.map(|place| place.to_string()), count.weeks)).collect())
    };
    let [(place, weeks)] = counted(3).await?.try_into().map_err(|_several| "one matter")?;
    assert_eq!(weeks, [3, 0], "by week");
    assert!(place.is_none_or(|place| place.len() <= 9), "no smaller place than a township");
    assert_eq!(counted(4).await?, []);
    let mut unit = store.begin().await?;
    unit.update_case(&Case { secrecy: Secrecy::Sealed, ..second.case.clone() }).await?;
    unit.commit().await?;
    assert_eq!(counted(3).await?, [], "the sealed is not counted");
    let mut unit = store.begin().await?;
    let state = third.case.state.clone().join(first.case.id, samples.moment())?;
    unit.update_case(&Case { state, ..third.case.clone() }).await?;
    unit.commit().await?;
    assert_eq!(counted(2).await?, [], "what was joined is not counted again");
    Ok(())
}

/// Rule.
pub async fn groups_are_counted_without_the_sealed(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let [first, second, third] = three(&*store, &samples).await?;
    let findings = [samples.finding(&second, &first, 0.9), samples.finding(&third, &first, 0.8)];
    let group = Group {
        id: GroupId::from_uuid(first.case.id.as_uuid()),
        title: first.case.title.clone(),
        formed_at: samples.moment(),
        formed_by: Actor::System,
        cases: Vec::new(),
    };
    let mut unit = store.begin().await?;
    unit.insert_findings(&findings).await?;
    unit.insert_group(&group).await?;
    for finding in &findings {
        unit.put_in_group(group.id, finding.id).await?;
    }
    unit.commit().await?;
    let counted = async |least: u32| {
        let filter = MatterFilter { from: second.case.opened_at, weeks: 1, least };
        store.read().await?.group_counts(&filter).await
    };
    assert_eq!(counted(3).await?, [GroupCount { group: group.id, cases: 3, weeks: vec![2] }]);
    assert_eq!(counted(4).await?, []);
    let mut unit = store.begin().await?;
    unit.update_case(&Case { secrecy: Secrecy::Sealed, ..third.case.clone() }).await?;
    unit.commit().await?;
    assert_eq!(counted(3).await?, []);
    assert_eq!(counted(2).await?, [GroupCount { group: group.id, cases: 2, weeks: vec![1] }]);
    Ok(())
}

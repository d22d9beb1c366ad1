//! Rules for the list of units.

use std::sync::Arc;

use case::unit::UnitCode;

use super::{Outcome, sample};
use crate::Store;

/// Rule.
pub async fn a_unit_is_read_back_as_written(store: Arc<dyn Store>) -> Outcome {
    let swj = sample::unit("swj")?;
    let mut unit = store.begin().await?;
    unit.put_unit(&swj).await?;
    unit.commit().await?;
    let mut lookups = store.read().await?;
    assert_eq!(lookups.unit(&swj.code).await?, Some(swj));
    assert_eq!(lookups.unit(&UnitCode::parse("zjj")?).await?, None);
    Ok(())
}

/// Rule.
pub async fn a_unit_is_written_over(store: Arc<dyn Store>) -> Outcome {
    let mut swj = sample::unit("swj")?;
    let mut unit = store.begin().await?;
    unit.put_unit(&swj).await?;
    swj.active = false;
    swj.parent = None;
    unit.put_unit(&swj).await?;
    unit.commit().await?;
    assert_eq!(store.read().await?.units().await?, [swj], "closed ones are listed too");
    Ok(())
}

/// Rule.
pub async fn units_are_listed_by_code(store: Arc<dyn Store>) -> Outcome {
    let mut unit = store.begin().await?;
    for code in ["swj", "130682001", "jyj"] {
        unit.put_unit(&sample::unit(code)?).await?;
    }
    unit.commit().await?;
    let codes: Vec<String> = store.read().await?.units().await?.into_iter().map(|unit| unit.code.into()).collect();
    assert_eq!(codes, ["130682001", "jyj", "swj"]);
    Ok(())
}

//! Rules for the staff and their sessions.

use std::sync::Arc;
use std::time::Duration;

use case::staff::{Role, UserName};

use super::sample::Samples;
use super::{Outcome, is_conflict, is_there_already};
use crate::Store;
use crate::staff::Session;

/// Rule.
pub async fn a_person_is_read_back_as_written(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let (li, an) = (samples.staff("li.yi")?, samples.staff("an-ding")?);
    let mut unit = store.begin().await?;
    unit.insert_staff(&li, "$argon2id$li").await?;
    unit.insert_staff(&an, "$argon2id$an").await?;
    unit.commit().await?;
    let mut lookups = store.read().await?;
    assert_eq!(lookups.staff(li.id).await?, Some(li.clone()));
    let found = lookups.staff_by_user_name(&li.user_name).await?;
    assert_eq!(found, Some((li.clone(), "$argon2id$li".to_owned())));
    assert_eq!(lookups.all_staff().await?, [an, li]);
    assert_eq!(lookups.staff(samples.staff("wu")?.id).await?, None);
    assert_eq!(lookups.staff_by_user_name(&UserName::parse("wu")?).await?, None);
    Ok(())
}

/// Rule.
pub async fn a_user_name_is_taken_once(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let mut unit = store.begin().await?;
    unit.insert_staff(&samples.staff("li.yi")?, "$argon2id$1").await?;
    assert!(is_there_already(&unit.insert_staff(&samples.staff("li.yi")?, "$argon2id$2").await));
    Ok(())
}

/// Rule.
pub async fn a_password_is_changed_only_when_given(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let mut li = samples.staff("li.yi")?;
    let mut unit = store.begin().await?;
    unit.insert_staff(&li, "$argon2id$old").await?;
    li.roles = vec![Role::Head];
    li.display_name = "李主任".to_owned();
    li.active = false;
    unit.update_staff(&li, None).await?;
    let found = unit.staff_by_user_name(&li.user_name).await?;
    assert_eq!(found, Some((li.clone(), "$argon2id$old".to_owned())));
    unit.update_staff(&li, Some("$argon2id$new")).await?;
    let found = unit.staff_by_user_name(&li.user_name).await?;
    assert_eq!(found, Some((li, "$argon2id$new".to_owned())));
    assert!(is_conflict(&unit.update_staff(&samples.staff("wu")?, None).await), "there is no such person");
    Ok(())
}

/// Rule.
pub async fn a_session_lives_until_it_is_removed(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let li = samples.staff("li.yi")?;
    let began_at = samples.moment();
    let mut session = Session {
        token_hash: [7; 32],
        staff: li.id,
        began_at,
        used_at: began_at,
        ends_at: began_at.checked_add(Duration::from_secs(3600))?,
    };
    let mut unit = store.begin().await?;
    unit.insert_staff(&li, "$argon2id$1").await?;
    unit.insert_session(&session).await?;
    unit.commit().await?;
    let mut lookups = store.read().await?;
    assert_eq!(lookups.session(&[7; 32]).await?, Some(session.clone()));
    assert_eq!(lookups.session(&[8; 32]).await?, None);

    session.used_at = samples.moment();
    let mut unit = store.begin().await?;
    unit.touch_session(&[7; 32], session.used_at).await?;
    unit.commit().await?;
    assert_eq!(lookups.session(&[7; 32]).await?, Some(session));

    let mut unit = store.begin().await?;
    unit.remove_session(&[7; 32]).await?;
    unit.remove_session(&[7; 32]).await?;
    unit.touch_session(&[7; 32], samples.moment()).await?;
    unit.commit().await?;
    assert_eq!(lookups.session(&[7; 32]).await?, None);
    Ok(())
}

/// Rule.
pub async fn ended_sessions_are_swept(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let li = samples.staff("li.yi")?;
    let began_at = samples.moment();
    let moments = [samples.moment(), samples.moment(), samples.moment()];
    let mut unit = store.begin().await?;
    unit.insert_staff(&li, "$argon2id$1").await?;
    for (token, ends_at) in (1_u8..).zip(moments) {
        let session = Session { token_hash: [token; 32], staff: li.id, began_at, used_at: began_at, ends_at };
        unit.insert_session(&session).await?;
    }
    let [_, second, _] = moments;
    assert_eq!(
        unit.remove_ended_sessions(second).await?,
        1,
        "the one that ends at that moment has not ended before it"
    );
    assert_eq!(unit.session(&[1; 32]).await?, None);
    assert!(unit.session(&[2; 32]).await?.is_some());
    assert!(unit.session(&[3; 32]).await?.is_some());
    Ok(())
}

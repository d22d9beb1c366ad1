//! An index that is made anew while it is used.

use super::{found, looking_for, petition, put_some, sealed, words};
use crate::engine::{Reach, SearchEngine};

/// Nobody notices a rebuild but in its result.
pub async fn a_rebuild_serves_the_old_index_until_it_is_finished(engine: &dyn SearchEngine) {
    put_some(engine).await;
    let mut rebuild = engine.rebuild().await.unwrap();
    rebuild.put(vec![petition(1, "全新的标题", "内容")]).await.unwrap();
    assert_eq!(words(engine, "积水").await, [2]);
    assert_eq!(words(engine, "全新").await, [0_u64; 0]);
    rebuild.put(vec![sealed(petition(2, "密封的", "内容"))]).await.unwrap();
    rebuild.finish().await.unwrap();
    assert_eq!(words(engine, "积水").await, [0_u64; 0]);
    assert_eq!(words(engine, "全新").await, [1]);
    assert_eq!(found(engine, &looking_for("密封", Reach::Sealed)).await, [2]);
    engine.put(vec![petition(3, "之后", "又来一件")]).await.unwrap();
    assert_eq!(words(engine, "又来").await, [3]);
}

/// A rebuild that fails half way.
pub async fn a_rebuild_that_is_dropped_changes_nothing(engine: &dyn SearchEngine) {
    put_some(engine).await;
    let mut rebuild = engine.rebuild().await.unwrap();
    rebuild.put(vec![petition(1, "全新的标题", "内容")]).await.unwrap();
    drop(rebuild);
    assert_eq!(words(engine, "积水").await, [2]);
    let again = engine.rebuild().await.unwrap();
    again.finish().await.unwrap();
    assert_eq!(engine.statistics().await.unwrap().ordinary, 0);
}

/// What was put in after the mark is put in again; what was put in before it is not asked for.
pub async fn a_rebuild_that_was_cut_off_goes_on_from_its_last_mark(engine: &dyn SearchEngine) {
    put_some(engine).await;
    let mut rebuild = engine.rebuild().await.unwrap();
    assert_eq!(rebuild.resumes_after(), 0);
    rebuild.put(vec![petition(1, "路灯甲", "新"), petition(2, "路灯乙", "新")]).await.unwrap();
    rebuild.keep(2).await.unwrap();
    rebuild.put(vec![petition(3, "路灯丙", "新")]).await.unwrap();
    drop(rebuild);
    engine.put(vec![petition(7, "路灯丁", "新")]).await.unwrap();
    let mut rebuild = engine.rebuild().await.unwrap();
    assert_eq!(rebuild.resumes_after(), 2);
    rebuild.put(vec![petition(3, "路灯丙", "新"), petition(7, "路灯丁", "新")]).await.unwrap();
    rebuild.finish().await.unwrap();
    assert_eq!(words(engine, "路灯").await, [1, 2, 3, 7]);
    assert_eq!(engine.statistics().await.unwrap().ordinary, 4);
    assert_eq!(engine.rebuild().await.unwrap().resumes_after(), 0);
}

/// A correction or a sealing after the cut: the rebuild begins again and does not go on with what it had.
pub async fn a_rebuild_that_was_cut_off_never_brings_an_older_version_back(engine: &dyn SearchEngine) {
    put_some(engine).await;
    let mut rebuild = engine.rebuild().await.unwrap();
    rebuild.put(vec![petition(1, "路灯甲", "旧")]).await.unwrap();
    rebuild.keep(1).await.unwrap();
    drop(rebuild);
    engine.put(vec![sealed(petition(1, "路灯甲", "密封"))]).await.unwrap();
    let mut rebuild = engine.rebuild().await.unwrap();
    assert_eq!(rebuild.resumes_after(), 0);
    rebuild.put(vec![sealed(petition(1, "路灯甲", "密封"))]).await.unwrap();
    rebuild.finish().await.unwrap();
    assert_eq!(words(engine, "路灯").await, [0_u64; 0]);
    assert_eq!(found(engine, &looking_for("路灯", Reach::Sealed)).await, [1]);
}

/// Intake goes on; what came meanwhile is newer than what the rebuild read.
pub async fn what_is_put_during_a_rebuild_survives_it(engine: &dyn SearchEngine) {
    put_some(engine).await;
    let mut rebuild = engine.rebuild().await.unwrap();
    engine.put(vec![petition(7, "中途新来", "新件"), sealed(petition(1, "中途密封", "改为密封"))]).await.unwrap();
    assert_eq!(words(engine, "中途").await, [7]);
    rebuild.put(vec![petition(1, "锦绣华庭小区3栋电梯经常困人", "旧"), petition(2, "和平路积水", "旧")]).await.unwrap();
    rebuild.finish().await.unwrap();
    assert_eq!(words(engine, "中途").await, [7]);
    assert_eq!(words(engine, "困人").await, [0_u64; 0]);
    assert_eq!(found(engine, &looking_for("密封", Reach::Sealed)).await, [1]);
    assert_eq!(words(engine, "积水").await, [2]);
}

/// Sealed, opened or corrected while it is read: of what a rebuild is given twice the last version stands, in one space.
pub async fn a_rebuild_keeps_the_last_of_two_versions_in_one_space(engine: &dyn SearchEngine) {
    let first = || petition(1, "和平路积水", "和平路积水严重。");
    let mut rebuild = engine.rebuild().await.unwrap();
    rebuild.put(vec![sealed(first()), petition(2, "路灯不亮", "东街路灯不亮。")]).await.unwrap();
    rebuild.put(vec![first(), petition(2, "路灯修好", "东街路灯修好了。")]).await.unwrap();
    rebuild.finish().await.unwrap();
    assert_eq!(found(engine, &looking_for("积水", Reach::Ordinary)).await, [1]);
    assert_eq!(found(engine, &looking_for("积水", Reach::Sealed)).await, [0; 0]);
    assert_eq!(words(engine, "不亮").await, [0; 0]);
    assert_eq!(words(engine, "修好").await, [2]);
}

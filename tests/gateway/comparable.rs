//! A submission is comparable from the moment it has its number, whatever the engine's delay.

use case::channel::Channel;
use case::secrecy::Secrecy;
use search::engine::Reach;
use store::conformance::sample::Samples;
use xinqiao::configuration::Configuration;
use xinqiao::jobs::kind::{Queue, Task};
use xinqiao::judging::index::petition;

#[tokio::test]
async fn two_that_arrive_together_find_each_other_before_either_is_indexed() {
    let folder = tempfile::tempdir().unwrap();
    let configuration = Configuration::load(None, folder.path().to_owned()).unwrap();
    let gateway = xinqiao::startup::open(configuration).await.unwrap();
    let samples = Samples::default();
    let first = samples.keep(&*gateway.store, Channel::Web, Secrecy::Ordinary).await.unwrap().submission;
    let second = samples.keep(&*gateway.store, Channel::Mail, Secrecy::Ordinary).await.unwrap().submission;
    let sealed = samples.keep(&*gateway.store, Channel::Web, Secrecy::Sealed).await.unwrap().submission;
    let asked = petition(&second, &gateway.secret);
    let found = async |before| {
        let similar = gateway.similar(&asked, Reach::Ordinary, before, Some(second.id)).await.unwrap();
        similar.into_iter().map(|one| one.submission.id).collect::<Vec<_>>()
    };
    assert_eq!(found(None).await, [], "no job tells that anything waits");
    let mut unit = gateway.store.begin().await.unwrap();
    for submission in [&first, &second, &sealed] {
        let task = Task::IndexSubmission { submission: submission.id };
        let job = gateway.job(&task, Queue::Quick, Some(submission.own_case), gateway.clock.now());
        unit.enqueue(&job).await.unwrap();
    }
    unit.commit().await.unwrap();
    assert_eq!(found(None).await, [first.id], "the sealed one is of another space");
    assert_eq!(found(Some(first.sequence)).await, [], "only what was registered before");
}

//! `GET /metrics`: figures in the text format of Prometheus (version 0.0.4). Counts only, no personal data.

use std::fmt::Write;

use actix_web::{HttpResponse, web};
use search::engine::Statistics;
use store::jobs::QueueCount;

use crate::gateway::Gateway;
use crate::intake::receive::failed;
use crate::jobs::kind::Queue;
use crate::judging::rebuilding::Progress;
use crate::mailbox::state::MailboxStanding;
use crate::web::problem::WebError;

pub(super) async fn metrics(gateway: web::Data<Gateway>) -> Result<HttpResponse, WebError> {
    let (queues, submissions) = {
        let mut lookups = gateway.store.snapshot().await.map_err(|error| failed(&error))?;
        let queues = lookups.queue_counts().await.map_err(|error| failed(&error))?;
        (queues, lookups.submission_count().await.map_err(|error| failed(&error))?)
    };
    let index = gateway.engine.statistics().await.map_err(|error| {
        tracing::warn!(error = %error, "the search engine gives no statistics");
    });
    let mailboxes = gateway.mailbox_standings().await?;
    let mut body = text(&queues, submissions, index.ok().as_ref(), &mailboxes);
    of_rebuild(gateway.rebuilding.progress(), &mut body);
    Ok(HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(body))
}

/// The figures. Every queue is always there, so that a graph does not end when a queue is empty; an engine that failed leaves its
/// figures out.
fn text(queues: &[QueueCount], submissions: u64, index: Option<&Statistics>, mailboxes: &[MailboxStanding]) -> String {
    let mut text = String::new();
    let mut metric = |name: &str, kind: &str, help: &str, samples: &[(String, u64)]| {
        // Writing into a string cannot fail.
        let _written = writeln!(text, "# HELP {name} {help}\n# TYPE {name} {kind}");
        for (labels, value) in samples {
            let _written = writeln!(text, "{name}{labels} {value}");
        }
    };
    let of_queue = |queue: Queue| queues.iter().find(|count| count.queue == queue.as_str());
    let jobs: Vec<(String, u64)> = Queue::ALL
        .into_iter()
        .flat_map(|queue| {
            let (open, dead) = of_queue(queue).map_or((0, 0), |count| (count.open, count.dead));
            [("open", open), ("dead", dead)]
                .map(|(state, count)| (format!("{{queue=\"{}\",state=\"{state}\"}}", queue.as_str()), count))
        })
        .collect();
    metric("xinqiao_jobs", "gauge", "Jobs that wait, run or were given up, by queue.", &jobs);
    metric("xinqiao_submissions_total", "counter", "Submissions registered.", &[(String::new(), submissions)]);
    of_mailboxes(mailboxes, &mut metric);
    if let Some(index) = index {
        let documents =
            [("{space=\"ordinary\"}".to_owned(), index.ordinary), ("{space=\"sealed\"}".to_owned(), index.sealed)];
        metric("xinqiao_index_documents", "gauge", "Submissions in the search index.", &documents);
        metric("xinqiao_index_bytes", "gauge", "Size of the search index.", &[(String::new(), index.bytes)]);
    }
    text
}

/// How far a rebuild of the index has come; nothing while there is none.
fn of_rebuild(progress: Option<Progress>, text: &mut String) {
    let Some(Progress { done, total }) = progress else { return };
    let name = "xinqiao_index_rebuild_submissions";
    // Writing into a string cannot fail.
    let _written = writeln!(
        text,
        "# HELP {name} Submissions in the search index that is being built, and those that will be.\n# TYPE {name} gauge\n\
         {name}{{state=\"done\"}} {done}\n{name}{{state=\"all\"}} {total}"
    );
}

/// The figures of mailboxes; one that was never fetched has no time of its last fetching.
fn of_mailboxes(mailboxes: &[MailboxStanding], metric: &mut impl FnMut(&str, &str, &str, &[(String, u64)])) {
    let fetched: Vec<&MailboxStanding> = mailboxes.iter().filter(|mailbox| mailbox.is_fetched).collect();
    let label = |mailbox: &MailboxStanding| format!("mailbox=\"{}\"", escaped(&mailbox.name));
    let times = fetched.iter().filter_map(|mailbox| {
        let seconds = u64::try_from(mailbox.fetched_at?.as_second()).ok()?;
        Some((format!("{{{}}}", label(mailbox)), seconds))
    });
    let failing =
        fetched.iter().map(|mailbox| (format!("{{{}}}", label(mailbox)), u64::from(mailbox.trouble.is_some())));
    let unsettled = mailboxes.iter().flat_map(|mailbox| {
        [("waiting", mailbox.waiting), ("held", mailbox.held)]
            .map(|(state, count)| (format!("{{{},state=\"{state}\"}}", label(mailbox)), count))
    });
    let (times, failing, unsettled): (Vec<_>, Vec<_>, Vec<_>) =
        (times.collect(), failing.collect(), unsettled.collect());
    metric(
        "xinqiao_mailbox_fetched_timestamp_seconds",
        "gauge",
        "When a mailbox was fetched last without trouble.",
        &times,
    );
    metric("xinqiao_mailbox_failing", "gauge", "Whether a mailbox cannot be fetched now.", &failing);
    metric("xinqiao_mailbox_mails", "gauge", "Mails that wait to be read or are in the quarantine.", &unsettled);
}

/// A value of a label.
fn escaped(value: &str) -> String {
    value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

#[cfg(test)]
mod tests {
    use case::problem::ProblemCode;
    use store::mailboxes::Watched;

    use super::*;

    #[test]
    fn figures_in_the_format_of_prometheus() {
        let queues = [QueueCount { queue: "letters".to_owned(), open: 3, dead: 1 }];
        let index = Statistics { ordinary: 5, sealed: 2, last_sequence: 7, bytes: 4096, version: "1".to_owned() };
        let mailbox = MailboxStanding {
            name: "书记\"信箱".to_owned(),
            is_fetched: true,
            watched: Some(Watched::Idle),
            poll_seconds: 60,
            fetched_at: jiff::Timestamp::from_second(1).ok(),
            mails: 9,
            trouble: Some((ProblemCode::MailboxFailed.into(), jiff::Timestamp::UNIX_EPOCH)),
            waiting: 2,
            held: 3,
        };
        let mailboxes = [mailbox];
        let expected = r#"# HELP xinqiao_jobs Jobs that wait, run or were given up, by queue.
# TYPE xinqiao_jobs gauge
xinqiao_jobs{queue="quick",state="open"} 0
xinqiao_jobs{queue="quick",state="dead"} 0
xinqiao_jobs{queue="sending",state="open"} 0
xinqiao_jobs{queue="sending",state="dead"} 0
xinqiao_jobs{queue="mails",state="open"} 0
xinqiao_jobs{queue="mails",state="dead"} 0
xinqiao_jobs{queue="letters",state="open"} 3
xinqiao_jobs{queue="letters",state="dead"} 1
xinqiao_jobs{queue="calls",state="open"} 0
xinqiao_jobs{queue="calls",state="dead"} 0
xinqiao_jobs{queue="rebuilding",state="open"} 0
xinqiao_jobs{queue="rebuilding",state="dead"} 0
# HELP xinqiao_submissions_total Submissions registered.
# TYPE xinqiao_submissions_total counter
xinqiao_submissions_total 7
# HELP xinqiao_mailbox_fetched_timestamp_seconds When a mailbox was fetched last without trouble.
# TYPE xinqiao_mailbox_fetched_timestamp_seconds gauge
xinqiao_mailbox_fetched_timestamp_seconds{mailbox="书记\"信箱"} 1
# HELP xinqiao_mailbox_failing Whether a mailbox cannot be fetched now.
# TYPE xinqiao_mailbox_failing gauge
xinqiao_mailbox_failing{mailbox="书记\"信箱"} 1
# HELP xinqiao_mailbox_mails Mails that wait to be read or are in the quarantine.
# TYPE xinqiao_mailbox_mails gauge
xinqiao_mailbox_mails{mailbox="书记\"信箱",state="waiting"} 2
xinqiao_mailbox_mails{mailbox="书记\"信箱",state="held"} 3
# HELP xinqiao_index_documents Submissions in the search index.
# TYPE xinqiao_index_documents gauge
xinqiao_index_documents{space="ordinary"} 5
xinqiao_index_documents{space="sealed"} 2
# HELP xinqiao_index_bytes Size of the search index.
# TYPE xinqiao_index_bytes gauge
xinqiao_index_bytes 4096
"#;
        assert_eq!(text(&queues, 7, Some(&index), &mailboxes), expected);
        assert!(!text(&queues, 7, None, &[]).contains("index_"));
        let mut rebuilt = String::new();
        of_rebuild(Some(Progress { done: 200, total: 205 }), &mut rebuilt);
        assert!(rebuilt.contains("\nxinqiao_index_rebuild_submissions{state=\"done\"} 200\n"), "{rebuilt}");
    }
}

//! `GET /metrics`: figures in the text format of Prometheus (version 0.0.4). Counts only, no personal data.

use std::fmt::Write;

use actix_web::{HttpResponse, web};
use search::engine::Statistics;
use store::jobs::QueueCount;

use crate::gateway::Gateway;
use crate::intake::receive::failed;
use crate::jobs::kind::Queue;
use crate::web::problem::WebError;

pub(super) async fn metrics(gateway: web::Data<Gateway>) -> Result<HttpResponse, WebError> {
    let (queues, submissions) = {
        let mut lookups = gateway.store.read().await.map_err(|error| failed(&error))?;
        let queues = lookups.queue_counts().await.map_err(|error| failed(&error))?;
        (queues, lookups.submission_count().await.map_err(|error| failed(&error))?)
    };
    let index = gateway.engine.statistics().await.map_err(|error| {
        tracing::warn!(error = %error, "the search engine gives no statistics");
    });
    let body = text(&queues, submissions, index.ok().as_ref());
    Ok(HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(body))
}

/// The figures. Every queue is always there, so that a graph does not end when a queue is empty; an engine that failed leaves its
/// figures out.
fn text(queues: &[QueueCount], submissions: u64, index: Option<&Statistics>) -> String {
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
    if let Some(index) = index {
        let documents =
            [("{space=\"ordinary\"}".to_owned(), index.ordinary), ("{space=\"sealed\"}".to_owned(), index.sealed)];
        metric("xinqiao_index_documents", "gauge", "Submissions in the search index.", &documents);
        metric("xinqiao_index_bytes", "gauge", "Size of the search index.", &[(String::new(), index.bytes)]);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_in_the_format_of_prometheus() {
        let queues = [QueueCount { queue: "letters".to_owned(), open: 3, dead: 1 }];
        let index = Statistics { ordinary: 5, sealed: 2, last_sequence: 7, bytes: 4096, version: "1".to_owned() };
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
# HELP xinqiao_submissions_total Submissions registered.
# TYPE xinqiao_submissions_total counter
xinqiao_submissions_total 7
# HELP xinqiao_index_documents Submissions in the search index.
# TYPE xinqiao_index_documents gauge
xinqiao_index_documents{space="ordinary"} 5
xinqiao_index_documents{space="sealed"} 2
# HELP xinqiao_index_bytes Size of the search index.
# TYPE xinqiao_index_bytes gauge
xinqiao_index_bytes 4096
"#;
        assert_eq!(text(&queues, 7, Some(&index)), expected);
        assert!(!text(&queues, 7, None).contains("index"));
    }
}

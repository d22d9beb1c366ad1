//! A petition taken apart as the judge reads it: what, which thing, where, against whom, when. Read from the masked text, so nothing of
//! the petitioner stands here that does not stand beside it.

use case::identity::key::IdentitySecret;
use case::submission::Submission;
use search::judge::{Judge, Petition};

use crate::judging::index::petition;

/// The parts that are there: what each is, and what the petition says of it.
pub fn told(
    submission: &Submission,
    (title, body): (&str, &str),
    secret: &IdentitySecret,
) -> Vec<(&'static str, String)> {
    let masked = Petition { title: title.to_owned(), body: body.to_owned(), ..petition(submission, secret) };
    let entities = Judge::default().prepare(&masked).entities();
    let demands = entities.demands.iter().map(|demand| (*demand).to_owned()).collect();
    [
        ("问题种类", demands),
        ("涉及事物", entities.objects),
        ("镇街社区", entities.places),
        ("村", entities.villages),
        ("小区或楼盘", entities.estates),
        ("道路", entities.roads),
        ("楼栋", entities.buildings),
        ("线路", entities.lines),
        ("提到的单位", entities.respondents),
        ("提到的日期", entities.days),
    ]
    .into_iter()
    .filter(|(_label, said): &(&str, Vec<String>)| !said.is_empty())
    .map(|(label, said)| (label, said.join("、")))
    .collect()
}

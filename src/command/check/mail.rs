//! Mail servers: whether they can be reached now and take us, and how each mailbox stands.

use std::borrow::Cow;

use super::Finding;
use crate::gateway::Gateway;
use crate::mailbox::state::MailboxStanding;
use crate::presentation::time;

/// Sending, then each mailbox.
pub(super) async fn findings(gateway: &Gateway) -> Vec<Finding> {
    let sending = match gateway.mailer.check().await {
        Ok(()) if gateway.configuration.mail.smtp_url.is_empty() => Ok("发件箱文件夹（未配置邮件服务器）".to_owned()),
        Ok(()) => Ok(format!("邮件服务器可用（{}）", gateway.mailer.name())),
        Err(problem) => Err(problem.to_string()),
    };
    let mut findings = vec![Finding { what: Cow::Borrowed("邮件发送"), state: sending }];
    let standings = match gateway.mailbox_standings().await {
        Ok(standings) => standings,
        Err(problem) => {
            findings.push(Finding { what: Cow::Borrowed("邮箱"), state: Err(problem.to_string()) });
            return findings;
        }
    };
    for standing in standings {
        let settings = gateway.configuration.mail.mailboxes.iter().find(|known| known.name == standing.name);
        let opened = match settings {
            Some(settings) => gateway.check_mailbox(settings).await,
            None => Ok(()),
        };
        let told = told(&standing);
        let state = match opened {
            Ok(()) => Ok(told),
            Err(problem) => Err(format!("{problem}；{told}")),
        };
        findings.push(Finding { what: Cow::Owned(format!("邮箱“{}”", standing.name)), state });
    }
    findings
}

/// `上次收取…，待读取2件，待处理1件`.
fn told(standing: &MailboxStanding) -> String {
    let counts = format!("待读取{}件，待处理{}件", standing.waiting, standing.held);
    match (standing.is_fetched, standing.fetched_at) {
        (false, _) => counts,
        (true, None) => format!("尚未收取过；{counts}"),
        (true, Some(at)) => format!("上次收取{}，共收{}件；{counts}", time::moment(at), standing.mails),
    }
}

//! The desk's menu: only what the person may open.

use case::staff::Permission;

use crate::desk::viewer::Viewer;
use crate::gateway::Gateway;
use crate::web::desk::done;
use crate::web::form::Fields;
use crate::web::page::{MenuEntry, Person, Shell};
use crate::web::session::SignedIn;

/// Path, label and the right that the page needs.
const ENTRIES: [(&str, &str, Permission); 18] = [
    ("/desk", "信访事项", Permission::ReadCases),
    ("/desk/search", "检索", Permission::ReadCases),
    ("/desk/groups", "新增同类事项", Permission::ReadCases),
    ("/desk/matters", "热点事项", Permission::ReadCases),
    ("/desk/letters/new", "来信登记", Permission::Enter),
    ("/desk/letters", "来信核对", Permission::Verify),
    ("/desk/batches", "批量扫描", Permission::Enter),
    ("/desk/sealed", "密封件", Permission::Enter),
    ("/desk/calls/new", "来电登记", Permission::Enter),
    ("/desk/walk-ins/new", "来访代登", Permission::Enter),
    ("/desk/mails/new", "邮件登记", Permission::Enter),
    ("/desk/outbox", "发件箱", Permission::ReadCases),
    ("/desk/mailboxes", "邮箱", Permission::Quarantine),
    ("/desk/quarantine", "待处理来件", Permission::Quarantine),
    ("/desk/jobs", "停止的任务", Permission::Quarantine),
    ("/desk/index", "检索索引", Permission::Administer),
    ("/desk/staff", "人员", Permission::Administer),
    ("/desk/units", "单位", Permission::Administer),
];

/// The frame of a page of the desk; `path` is the menu entry it belongs to, `query` may tell what was just done.
#[must_use]
pub fn shell(gateway: &Gateway, person: &SignedIn, title: &str, path: &str, query: &Fields) -> Shell {
    let viewer = &person.viewer;
    let roles: Vec<&str> = viewer.staff().roles.iter().map(|role| role.label()).collect();
    Shell {
        person: Some(Person {
            name: viewer.staff().display_name.clone(),
            roles: roles.join("、"),
            form_token: person.token.form_token(),
        }),
        menu: ENTRIES
            .into_iter()
            .filter(|(_, _, permission)| viewer.may(*permission))
            .map(|(entry, label, _)| MenuEntry { path: entry, label, current: entry == path })
            .collect(),
        done: done::text(query.text(done::FIELD)),
        notice: rebuilding(gateway).or_else(|| outage(gateway.waiting.count())),
        ..Shell::public(gateway, title)
    }
}

/// That the index is rebuilt, and how far; none while it is not.
fn rebuilding(gateway: &Gateway) -> Option<String> {
    let progress = gateway.rebuilding.progress()?;
    let (done, total) = (progress.done, progress.total);
    Some(format!("检索索引正在后台重建（{done}/{total}件）。登记和办理不受影响，完成后自动补查。"))
}

/// What a search engine that is down means for the work; none while nothing waits for it.
fn outage(waiting: usize) -> Option<String> {
    (waiting > 0).then(|| format!("查重引擎暂不可用，{waiting}件待查重。登记和办理不受影响，引擎恢复后自动补查。"))
}

/// The first page of the desk that the person may open.
#[must_use]
pub fn home(viewer: &Viewer) -> &'static str {
    ENTRIES.into_iter().find(|(_, _, permission)| viewer.may(*permission)).map_or("/", |(path, _, _)| path)
}

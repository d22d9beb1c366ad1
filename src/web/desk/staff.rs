//! `GET /desk/staff`: who works here. People are added with `xinqiao user add`.

use actix_web::{HttpResponse, web};
use case::staff::Staff;

use crate::gateway::Gateway;
use crate::web::desk::directory::Directory;
use crate::web::form::Asked;
use crate::web::problem::WebError;
use crate::web::session::{Administer, Allowed};

const STAFF: Directory = Directory {
    path: "/desk/staff",
    title: "人员",
    change: ["添加人员请在服务器上执行", "。"],
    command: "xinqiao user add 用户名 --role 角色",
    caption: "全部人员，按用户名排列",
    columns: &["用户名", "姓名", "角色", "状态"],
};

/// Shows everybody.
///
/// # Errors
/// The store failed.
pub async fn show(
    allowed: Allowed<Administer>,
    gateway: web::Data<Gateway>,
    query: Asked,
) -> Result<HttpResponse, WebError> {
    let staff = gateway.staff_list(allowed.viewer()).await?;
    STAFF.show(&gateway, &allowed.person, &query.0, staff.iter().map(row).collect())
}

fn row(staff: &Staff) -> Vec<String> {
    let roles: Vec<&str> = staff.roles.iter().map(|role| role.label()).collect();
    let state = if staff.active { "可登录" } else { "已停用" };
    vec![staff.user_name.to_string(), staff.display_name.clone(), roles.join("、"), state.to_owned()]
}

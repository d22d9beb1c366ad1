//! `GET /desk/units`: the list of units. It is edited as a file and taken over with `xinqiao unit import`.

use actix_web::{HttpResponse, web};
use case::unit::{Unit, UnitKind};

use crate::gateway::Gateway;
use crate::web::desk::directory::Directory;
use crate::web::form::Asked;
use crate::web::problem::WebError;
use crate::web::session::{Administer, Allowed};

const UNITS: Directory = Directory {
    path: "/desk/units",
    title: "单位",
    change: ["修改单位请编辑单位表，再在服务器上执行", "。"],
    command: "xinqiao unit import 文件",
    caption: "全部单位，按代码排列",
    columns: &["代码", "名称", "类别", "上级", "电子邮箱", "电话", "状态"],
};

/// Shows every unit.
///
/// # Errors
/// The store failed.
pub async fn show(
    allowed: Allowed<Administer>,
    gateway: web::Data<Gateway>,
    query: Asked,
) -> Result<HttpResponse, WebError> {
    let units = gateway.unit_list(allowed.viewer()).await?;
    UNITS.show(&gateway, &allowed.person, &query.0, units.iter().map(|unit| row(unit, &units)).collect())
}

fn row(unit: &Unit, units: &[Unit]) -> Vec<String> {
    let parent = unit.parent.as_ref().and_then(|parent| units.iter().find(|other| other.code == *parent));
    vec![
        unit.code.to_string(),
        unit.name.clone(),
        kind(unit.kind).to_owned(),
        parent.map_or_else(String::new, |parent| parent.name.clone()),
        unit.mail_address.clone().unwrap_or_default(),
        unit.phone.clone().unwrap_or_default(),
        if unit.active { "可转送" } else { "已停用" }.to_owned(),
    ]
}

const fn kind(kind: UnitKind) -> &'static str {
    match kind {
        UnitKind::Township => "乡镇、街道",
        UnitKind::Department => "市直部门",
        UnitKind::Discipline => "纪检监察机关",
        UnitKind::PetitionOffice => "信访部门",
        UnitKind::Other => "其他",
    }
}

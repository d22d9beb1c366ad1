//! An office with a handful of petitions: one person twice on one matter, a neighbour on the same, another matter, an accusation.

use serde_json::{Value, json};

use crate::harness::Office;

/// The office and the numbers of its petitions.
pub(super) struct Filled {
    /// The office.
    pub(super) office: Office,
    /// The flooded road, the first time.
    pub(super) first: String,
    /// The same person on the same road.
    pub(super) repeat: String,
    /// A neighbour on the same road.
    pub(super) neighbour: String,
    /// A letter of seven people about another matter.
    pub(super) signed_by_many: String,
    /// An accusation, sealed.
    pub(super) sealed: String,
    /// The unit that was suggested for the flooded road.
    pub(super) unit_of_first: String,
}

const ROAD: &str =
    "东亭镇翟城村村口的道路每逢下雨就严重积水，路面坑洼，车辆和行人都无法通行，已经两年多没有人修。请尽快派人维修。";
const LIGHT: &str =
    "北城区街道中山路小区门口的路灯坏了三个月，晚上一片漆黑，老人孩子出行不安全，请住房和城乡建设局尽快修复。";
const ACCUSATION: &str = "举报翟城村村主任贪污受贿，侵占征地补偿款二十万元，请纪检机关查处。";

impl Filled {
    /// Takes the petitions in and adds the users `officer`, `accuser`, `clerk` and `admin`.
    pub(super) fn new() -> Self {
        let office = Office::new();
        for (name, role) in
            [("officer", "officer"), ("accuser", "accusations"), ("clerk", "clerk"), ("admin", "administrator")]
        {
            office.add_user(name, role);
        }
        let mut accusation = form("举报村干部侵占补偿款", ACCUSATION, "王五洲", "13800000003");
        accusation["purpose"] = json!("accusation");
        let mut light = form("中山路小区路灯不亮", LIGHT, "赵六合", "13800000004");
        let others = ["钱七星", "孙八方", "周九州", "吴十堰", "郑百川", "冯千里"].map(|name| json!({ "name": name }));
        light["petitioners"].as_array_mut().unwrap().extend(others);
        let forms = [
            form("翟城村道路积水", ROAD, "张三丰", "13800000001"),
            form("再次反映翟城村道路积水无人维修", ROAD, "张三丰", "13800000001"),
            form("翟城村村口道路积水严重", ROAD, "李四海", "13800000002"),
            accusation,
            light,
        ];
        let files: Vec<_> =
            (0..).zip(&forms).map(|(place, form)| office.file(&format!("{place}.json"), form.to_string())).collect();
        let mut arguments = vec!["intake", "web"];
        arguments.extend(files.iter().map(|file| file.to_str().unwrap()));
        let printed = office.run(&arguments);
        assert_eq!(printed.code, Some(0), "{printed:?}");
        let lines = printed.lines();
        let number = |place: usize| lines[place]["submission"].as_str().unwrap().to_owned();
        Self {
            office,
            first: number(0),
            repeat: number(1),
            neighbour: number(2),
            signed_by_many: number(4),
            sealed: number(3),
            unit_of_first: lines[0]["unit"].as_str().unwrap_or_else(|| panic!("no unit: {printed:?}")).to_owned(),
        }
    }
}

fn form(title: &str, body: &str, name: &str, phone: &str) -> Value {
    json!({
        "title": title, "body": body,
        "petitioners": [{ "name": name, "phone": phone, "address": "定州市东亭镇翟城村3号" }],
        "anonymous": false, "confidential": false, "publishable": false
    })
}

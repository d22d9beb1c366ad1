//! Where invented petitions are set.

/// A village with its township, as [`super::Generator`] sets petitions in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Village {
    /// The township or street office, such as `东亭镇`.
    pub township: String,
    /// The village or community, such as `翟城村`.
    pub name: String,
}

/// One of each township of 定州市 for a start; an office passes its gazetteer.
pub(super) const VILLAGES: [(&str, &str); 25] = [
    ("南城区街道", "宝塔街社区"),
    ("北城区街道", "东关社区"),
    ("西城区街道", "风景城社区"),
    ("长安路街道", "辛店子村"),
    ("留早镇", "北木庄村"),
    ("清风店镇", "大三路村"),
    ("庞村镇", "苏泉村"),
    ("砖路镇", "北渠河村"),
    ("明月店镇", "三十里铺村"),
    ("叮咛店镇", "西杨村"),
    ("东亭镇", "翟城村"),
    ("大辛庄镇", "土良村"),
    ("东旺镇", "史村"),
    ("高蓬镇", "位村"),
    ("邢邑镇", "良村"),
    ("李亲顾镇", "油味村"),
    ("子位镇", "木佃村"),
    ("开元镇", "东忽村"),
    ("周村镇", "塔耳洼村"),
    ("息冢镇", "东甄村"),
    ("东留春乡", "佛店村"),
    ("号头庄回族乡", "鸡鸣台村"),
    ("杨家庄乡", "大羊平村"),
    ("大鹿庄乡", "伯堡村"),
    ("西城乡", "解家庄村"),
];

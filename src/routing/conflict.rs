//! Whom a case must never reach: the respondent, every unit above or below it, a unit led by the respondent and what stands above or
//! below that (条例 article 30; officials with an interest withdraw, article 28). Asked when a unit is suggested, and again when a person
//! sends.

use case::dispatch::RefusedUnit;
use case::statement::Statement;
use case::unit::{Unit, UnitCode};

use crate::routing::reason;
use crate::routing::respondents::{self, Accused, Concern, UnitNames};

/// The deepest tree of units that is followed.
const DEPTH: usize = 16;

/// Whom one petition must not reach.
#[derive(Debug)]
pub struct Conflicts<'a> {
    accused: Vec<Accused<'a>>,
    units: &'a [Unit],
}

impl<'a> Conflicts<'a> {
    /// Finds whom the petition complains about.
    #[must_use]
    pub fn of(statement: &Statement, names: &'a UnitNames) -> Self {
        Self { accused: respondents::accused(statement, names), units: names.units() }
    }

    /// The units that the petition complains about.
    #[must_use]
    pub fn accused(&self) -> &[Accused<'a>] {
        &self.accused
    }

    /// That the unit may get the case.
    ///
    /// # Errors
    /// Why it must not.
    pub fn check(&self, code: &UnitCode) -> Result<(), RefusedUnit> {
        let Some(own) = self.find(code) else { return Ok(()) };
        match self.accused.iter().find_map(|accused| self.conflict(own, accused)) {
            Some((kind, text, words)) => Err(RefusedUnit { unit: code.clone(), reason: reason(kind, text, &[words]) }),
            None => Ok(()),
        }
    }

    /// Every unit that must not get the case, in the order of the units.
    #[must_use]
    pub fn refused(&self) -> Vec<RefusedUnit> {
        self.units.iter().filter_map(|unit| self.check(&unit.code).err()).collect()
    }

    fn conflict<'b>(&self, own: &Unit, accused: &'b Accused<'a>) -> Option<(&'static str, String, &'b str)> {
        let (name, other, words) = (&own.name, &accused.unit.name, accused.words.as_str());
        let same = own.code == accused.unit.code;
        let above = self.is_above(&own.code, &accused.unit.code);
        let below = self.is_above(&accused.unit.code, &own.code);
        let (kind, text) = match accused.concern {
            Concern::Unit if same => ("is_respondent", format!("{name}是被反映单位")),
            Concern::Unit if above => ("above_respondent", format!("{name}是被反映单位{other}的上级")),
            Concern::Unit if below => ("below_respondent", format!("{name}是被反映单位{other}的下级")),
            Concern::Head if same => ("led_by_respondent", format!("{name}的负责人是被反映人")),
            Concern::Head if above || below => ("near_respondent", format!("{name}与被反映人负责的{other}是上下级")),
            Concern::AskedAway if same => ("asked_away", format!("信访人要求不转给{name}")),
            Concern::AskedAway if below => ("asked_away", format!("信访人要求不转给{name}的上级{other}")),
            Concern::Unit | Concern::Head | Concern::AskedAway => return None,
        };
        Some((kind, text, words))
    }

    fn find(&self, code: &UnitCode) -> Option<&'a Unit> {
        self.units.iter().find(|unit| unit.code == *code)
    }

    /// Whether `upper` stands above `lower`, however far.
    fn is_above(&self, upper: &UnitCode, lower: &UnitCode) -> bool {
        let mut above = self.find(lower).and_then(|unit| unit.parent.as_ref());
        for _ in 0..DEPTH {
            match above {
                Some(code) if code == upper => return true,
                Some(code) => above = self.find(code).and_then(|unit| unit.parent.as_ref()),
                None => return false,
            }
        }
        false
    }
}

/// That `unit` may get the case of this petition.
///
/// # Errors
/// Why it must not.
pub fn check(unit: &UnitCode, statement: &Statement, names: &UnitNames) -> Result<(), RefusedUnit> {
    Conflicts::of(statement, names).check(unit)
}

#[cfg(test)]
mod tests {
    use case::field::Field;
    use case::respondent::Respondent;

    use super::*;
    use crate::office::Office;

    fn statement(title: &str, body: &str, respondent: Option<&str>) -> Statement {
        let mut statement = Statement::new(Field::typed(title.to_owned(), "title"), body.to_owned());
        let named = respondent.map(|name| Field::typed(name.to_owned(), "respondent"));
        statement.respondents.extend(named.map(|name| Respondent { name, post: None, unit: None }));
        statement
    }

    fn refused_in(unit: &str, statement: &Statement, units: &[Unit]) -> Option<String> {
        check(&UnitCode::parse(unit).unwrap(), statement, &UnitNames::of(units))
            .err()
            .map(|refused| refused.reason.kind)
    }

    fn refused(unit: &str, respondent: &str) -> Option<String> {
        let office = Office::shipped().unwrap();
        refused_in(unit, &statement("反映问题", "内容", Some(respondent)), office.shipped_units())
    }

    #[test]
    fn the_respondent_itself_is_refused_by_any_of_its_names() {
        for name in ["定州市住房和城乡建设局", "住建局的王科长", "市住建局", "河北省定州市住建局", "原房管局局长张某"]
        {
            assert_eq!(refused("zjj", name).as_deref(), Some("is_respondent"), "{name}");
        }
        for name in ["东亭镇", "东亭镇政府", "定州市东亭镇党委书记李某", "东亭镇的副镇长", "东亭镇人民政府"]
        {
            assert_eq!(refused("130682106", name).as_deref(), Some("is_respondent"), "{name}");
        }
    }

    #[test]
    fn its_parent_and_its_children_are_refused() {
        assert_eq!(refused("zjj", "物业服务指导中心").as_deref(), Some("above_respondent"));
        assert_eq!(refused("zjj", "定州市物业服务指导中心").as_deref(), Some("above_respondent"));
        assert_eq!(refused("wyzx", "住建局").as_deref(), Some("below_respondent"));
        assert_eq!(refused("jyj", "实验中学校长").as_deref(), Some("above_respondent"));
    }

    #[test]
    fn grandparents_and_grandchildren_are_refused() {
        let office = Office::shipped().unwrap();
        let mut units = office.shipped_units().to_vec();
        let mut station = units.iter().find(|unit| unit.code.as_str() == "ldjc").unwrap().clone();
        station.code = UnitCode::parse("ldjc-east").unwrap();
        station.name = "定州市劳动监察东片工作站".to_owned();
        station.aliases = Vec::new();
        station.head = None;
        station.parent = Some(UnitCode::parse("ldjc").unwrap());
        units.push(station);
        let of_station = statement("反映问题", "内容", Some("劳动监察东片工作站"));
        assert_eq!(refused_in("rsj", &of_station, &units).as_deref(), Some("above_respondent"));
        assert_eq!(refused_in("ldjc", &of_station, &units).as_deref(), Some("above_respondent"));
        let of_bureau = statement("反映问题", "内容", Some("人社局"));
        assert_eq!(refused_in("ldjc-east", &of_bureau, &units).as_deref(), Some("below_respondent"));
        assert_eq!(refused_in("zjj", &of_bureau, &units), None);
    }

    #[test]
    fn a_unit_led_by_the_respondent_is_refused_with_what_is_above_and_below_it() {
        for name in ["文育才", "教育局局长文育才", "文育才局长", "文育才（教育局）"] {
            assert!(refused("jyj", name).is_some(), "{name}");
        }
        assert_eq!(refused("jyj", "文育才").as_deref(), Some("led_by_respondent"));
        assert_eq!(refused("dysyzx", "文育才").as_deref(), Some("near_respondent"));
    }

    #[test]
    fn a_post_beside_the_name_tells_the_unit() {
        let office = Office::shipped().unwrap();
        let mut petition = statement("反映问题", "内容", Some("王某"));
        petition.respondents[0].post = Some("市住建局副局长".to_owned());
        assert_eq!(refused_in("zjj", &petition, office.shipped_units()).as_deref(), Some("is_respondent"));
    }

    #[test]
    fn firms_villages_and_other_people_are_not_our_units() {
        for name in [
            "教育局",
            "鼎盛房地产开发有限公司",
            "东亭镇惠民超市",
            "盛泉供热公司",
            "东亭镇翟城村村委会",
            "屈建业物业服务有限公司",
            "王某",
        ] {
            assert_eq!(refused("zjj", name), None, "{name}");
            assert_eq!(refused("130682106", name), None, "{name}");
        }
    }

    #[test]
    fn whom_only_the_text_accuses_is_refused_too() {
        let office = Office::shipped().unwrap();
        let refused = |unit: &str, title: &str, body: &str| {
            refused_in(unit, &statement(title, body, None), office.shipped_units())
        };
        let letter = "市纪委领导：\n我举报定州市城市管理综合行政执法局局长秦守拙。今年四月摊位重新分配。";
        assert_eq!(refused("cgj", "举报信", letter).as_deref(), Some("is_respondent"));
        assert_eq!(refused("jiwei", "举报信", letter), None);
        let township = "补贴款被冒领，村里有人去镇上问，没有结果。请不要把这封信转给东旺镇政府。";
        assert_eq!(refused("130682108", "补贴问题", township).as_deref(), Some("asked_away"));
        assert_eq!(refused("130682108", "检举东旺镇人民政府工作人员截留补贴", "").as_deref(), Some("is_respondent"));
        assert_eq!(refused("zjj", "反映问题", "市住建局一名科长收受开发商好处费。").as_deref(), Some("is_respondent"));
        assert_eq!(refused("rsj", "投诉", "投诉人社局工作人员态度恶劣。").as_deref(), Some("is_respondent"));
    }

    #[test]
    fn an_office_that_is_turned_to_is_not_accused() {
        let office = Office::shipped().unwrap();
        for (unit, body) in [
            ("jyj", "我向教育局反映过学校乱收费。"),
            ("jyj", "教育局负责同志：我们反映学校乱收费。"),
            ("jiwei", "请市纪委查处村支书贪污集体资金。"),
            ("jiwei", "我到纪委举报过村干部贪污。"),
            ("gaj", "投诉派出所旁边的烧烤店油烟扰民。"),
            ("130682106", "投诉东亭镇养殖场臭味大。"),
            ("130682106", "反映东亭镇道路积水。"),
            ("zjj", "住建局监管的物业公司挪用维修资金。"),
        ] {
            assert_eq!(refused_in(unit, &statement("反映问题", body, None), office.shipped_units()), None, "{body}");
        }
    }
}

//! What people put into letters by hand: how they sign, date and vouch, and whose numbers they write beside their own.

use super::*;

fn sure_phones(text: &str) -> Vec<String> {
    let phones = fields(text).phones;
    let sure = phones.iter().filter(|found| found.confidence.value() >= 0.6);
    sure.map(|found| found.value.as_str().to_owned()).collect()
}

fn written_on(text: &str) -> Option<String> {
    fields(text).written_on.map(|found| found.value.to_string())
}

fn title(text: &str) -> String {
    fields(text).title.map(|found| found.value).unwrap_or_default()
}

fn place(text: &str) -> String {
    fields(text).place.map(|found| found.value).unwrap_or_default()
}

#[test]
fn a_name_stands_before_or_behind_a_word_of_respect() {
    for line in ["您的子民田秀禾叩首", "您的子民 田秀禾 叩首", "田秀禾 敬上", "叩首　田秀禾", "村民田秀禾泣上"]
    {
        assert_eq!(names(&format!("求县长修路。\n{line}\n2026年3月1日")), ["田秀禾"], "{line}");
    }
    let found = fields("求县长修路。\n您的老邻居田秀禾叩首\n2026年3月1日").names;
    assert!(
        found.iter().all(|name| name.confidence.value() < 0.6),
        "where it begins, the words do not tell: {found:?}"
    );
    assert_eq!(names("求县长修路。\n全村老少叩首\n2026年3月1日"), Vec::<String>::new());
}

#[test]
fn villagers_who_sign_in_one_line_are_all_petitioners_and_the_number_below_is_the_first_ones() {
    let text = "请修井。\n庞村镇西柳树村村民：石大山　田秀禾　柳青禾\n电话：13800000011\n2026年3月1日";
    assert_eq!(names(text), ["石大山", "田秀禾", "柳青禾"]);
    let statement = fields(text).into_statement(text, Located::body);
    let phones: Vec<usize> = statement.petitioners.iter().map(|person| person.phones.len()).collect();
    assert_eq!(phones, [1, 0, 0]);
}

#[test]
fn names_in_more_places_of_a_letter() {
    assert_eq!(names("民女田秀禾，家住东柳村，有冤要诉。"), ["田秀禾"]);
    assert_eq!(names("我们是农民女工，厂里不发工资。"), Vec::<String>::new());
    assert_eq!(names("东亭镇东柳村田秀禾反映：\n修路剩下四十米不修了。"), ["田秀禾"]);
    assert_eq!(names("请修电梯。\n田秀禾 幸福里3-3-601\n2026年3月1日"), ["田秀禾"]);
    assert_eq!(names("请退钱。\n业主石大山代表128户业主\n2026年3月1日"), ["石大山"]);
    assert_eq!(
        names("感谢修桥。\n村民代表 石大山 携全村\n国庆节\n2026年10月1日"),
        ["石大山"],
        "a holiday signs nothing"
    );
    // A surname that no list has, which the signature confirms.
    assert_eq!(names("我是归小燕，女儿被人欺负。\n归小燕\n2026年3月1日"), ["归小燕"]);
    assert_eq!(names("我是归国华侨，手续办不下来。\n2026年3月1日"), Vec::<String>::new());
}

#[test]
fn who_writes_for_a_mother_is_the_proxy_and_who_holds_the_pen_for_all_is_one_of_them() {
    let read = fields("我母亲田秀禾今年七十六岁，不会写字，由我代她写。药费不给报。\n女儿：柳青禾 代笔\n2026年3月1日");
    assert_eq!((values(&read.names), read.proxy.map(|one| one.value)), (vec!["田秀禾".into()], Some("柳青禾".into())));
    let read = fields("我们村吃水难。\n全体村民\n执笔人：石大山\n2026年3月1日");
    assert_eq!((values(&read.names), read.proxy), (vec!["石大山".into()], None));
    // She signs, but the words do not tell whose letter it is.
    let read = fields("我父亲在贵院住院，大夫照顾得好。\n患者女儿 柳青禾\n2026年3月1日");
    assert_eq!(values(&read.names), ["柳青禾"]);
    assert!(read.names[0].confidence.value() < 0.6);
}

#[test]
fn the_card_of_a_husband_above_the_writers_own_is_not_hers() {
    let text = "我爱人石大山病故了，公积金取不出来。\n石大山身份证号999999198001010011\n我的身份证号999999199001010016\n\
                田秀禾\n2026年3月1日";
    let read = fields(text);
    assert_eq!(values(&read.names), ["田秀禾"]);
    assert_eq!(read.id_number.map(|found| found.value.as_str().to_owned()).as_deref(), Some("999999199001010016"));
}

#[test]
fn a_number_of_which_the_words_beside_it_name_another_is_asked() {
    let own = "田秀禾\n13800000011";
    for other in [
        "13900000022（邻居石大山，找不到我可打）",
        "13900000022（爸爸）",
        "钱打给了同名的另一个田秀禾（身份证尾号0517，电话\n13900000022）。",
        "走时穿黑棉袄，手机13900000022关机。",
        "校服厂家联系人老石13900000022，找他他骂人。",
    ] {
        assert_eq!(sure_phones(&format!("请帮忙解决。{other}\n{own}")), ["13800000011"], "{other}");
    }
    assert_eq!(sure_phones("联系人：田秀禾 13800000011"), ["13800000011"]);
    assert_eq!(sure_phones("我儿子手机：13900000022　本人手机：13800000011"), ["13800000011"]);
    assert_eq!(sure_phones("本人田秀禾，电话13800000011，另一个号码13900000022"), ["13800000011", "13900000022"]);
    // No figure of the number, and nothing that was meant as one.
    let text = "老板石大山的电话139 0000 0022一直打不通。";
    assert_eq!((sure_phones(text), impossible(text)), (Vec::new(), Vec::new()));
}

#[test]
fn a_number_with_a_letter_in_it_is_given_as_it_was_read() {
    assert_eq!(impossible("电话：l3800000011"), [("phone", "l3800000011".to_owned())]);
    assert_eq!(impossible("联系电话138OOOOOO11，谢谢"), Vec::new(), "too many letters to be one");
    assert_eq!(impossible("手机：1380O000011"), [("phone", "1380O000011".to_owned())]);
    assert_eq!(impossible("田秀禾\nI3800000011\n2026年3月1日"), [("phone", "I3800000011".to_owned())]);
    assert_eq!(impossible("身份证号99999919800101OO11"), [("id_number", "99999919800101OO11".to_owned())]);
    assert_eq!(impossible("单号SF1380013800，型号A1380013801"), Vec::new());
}

#[test]
fn days_as_letters_bear_them() {
    for (line, day) in [
        ("26年4月8日", "2026-04-08"),
        ("田秀禾 26年4月8日", "2026-04-08"),
        ("26.4.8", "2026-04-08"),
        ("2026年4月8日于家中", "2026-04-08"),
        ("2026年4月8日 星期三", "2026-04-08"),
        ("2026。4。8", "2026-04-08"),
        ("四月八日　二〇二六年", "2026-04-08"),
        ("4月8日\n2026年", "2026-04-08"),
        ("二〇二六年四月二十八", "2026-04-28"),
        ("田秀禾 电话：13800000011  2026年4月8日", "2026-04-08"),
    ] {
        assert_eq!(written_on(&format!("请修路。\n{line}")).as_deref(), Some(day), "{line}");
    }
    for line in [
        "4月8日",
        "十月初五",
        "第26年4月8日",
        "76年4月8日",
        "楼号 26-4-8",
        "比分26.4.8分",
        "2026年4月8日于家中摔伤，至今未愈",
    ] {
        assert_eq!(written_on(&format!("请修路。\n{line}")), None, "{line}");
    }
    let guessed = fields("请修路。\n写信日期：2026年7月l6日").written_on.unwrap();
    assert_eq!(guessed.value.to_string(), "2026-07-16");
    assert!(guessed.confidence.value() < 0.6, "a letter for a figure is asked");
}

#[test]
fn the_title_is_no_salutation_no_person_and_no_oath() {
    let matter = "村里将林场承包给外村人，没有公开过账目";
    for before in [
        "致妇联、教育局各位领导：",
        "县扶贫办（乡村振兴局）：",
        "反映人：石大山，县造纸厂下岗工人",
        "信访复查申请书",
        "抗议书！！！",
        "致县委书记的一封信",
        "实名举报",
    ] {
        assert_eq!(title(&format!("{before}\n{matter}。\n以上反映属实，如有虚假愿负法律责任。")), matter, "{before}");
    }
    assert_eq!(title("县信访局：\n总共拖欠我们工资137,600元。"), "总共拖欠我们工资137,600元", "a comma in a number");
    assert_eq!(title("关于下水道堵塞的问题，本人已向街道\n办交过申请，没有答复。\n石大山"), "关于下水道堵塞的问题");
}

#[test]
fn a_village_is_named_with_its_town_where_the_letter_has_it_so() {
    let letter = "关于西柳树村机井损坏的反映\n我村机井坏了两年。\n庞村镇西柳树村村民：石大山\n2026年3月1日";
    assert_eq!(place(letter), "庞村镇西柳树村");
    assert_eq!(place("在新华街路口被车剐倒，没人管。"), "新华街");
    for none in ["报销时医院说不给报。", "孩子上学要走十四里山路。", "乡村振兴局不给办。", "城里不让三轮上路。"]
    {
        assert_eq!(place(none), "", "{none}");
    }
}

#[test]
fn where_somebody_else_lives_is_asked_and_a_mother_is_no_name() {
    let address = |text: &str| fields(text).address.map(|found| (found.value, found.confidence.value() >= 0.6));
    let other = "我叫田秀禾，被狗咬了。养狗的人叫石大山，住福源小区5号楼302室，只出二百。";
    assert_eq!(address(other), Some(("福源小区5号楼302室".to_owned(), false)));
    let own = "我叫田秀禾，住福源小区5号楼302室，被狗咬了。";
    assert_eq!(address(own), Some(("福源小区5号楼302室".to_owned(), true)));
    assert_eq!(names("孩子不见了，请找找。\n母亲 田秀禾\n2026年3月1日"), ["田秀禾"]);
    assert_eq!(respondents("工程总价十万元，村里只付了三万。"), Vec::<String>::new());
}

#[test]
fn a_row_of_a_form_is_no_rest_of_the_line_above() {
    let text = "举报人：石大山（身份证999999198001010011，电话13800000011）\n被举报人：县第三中学总务主任田建木，男，五十岁左右\n\
                举报内容：在采购中吃回扣";
    assert_eq!(names(text), ["石大山"]);
    assert_eq!(title(text), "在采购中吃回扣");
}

#[test]
fn who_signs_behind_the_day_and_who_is_called_like_a_word() {
    let read = fields("路灯不亮\n市长信箱：\n这条路的路灯都不亮了。\n2026.11.19　居民 田秀禾");
    assert_eq!(values(&read.names), ["田秀禾"]);
    assert_eq!(read.written_on.map(|day| day.value.to_string()).as_deref(), Some("2026-11-19"));
    let read = fields("老兵　田秀禾\n请查一查我的档案。\n2026年7月20日　写于家中");
    assert_eq!(read.written_on.map(|day| day.value.to_string()).as_deref(), Some("2026-07-20"));
    assert_eq!(names("我姓高名兴，身份证上就叫高兴。大家都不高兴。\n代表人：高兴"), ["高兴"]);
    assert_eq!(names("控诉人田秀禾，女，望都县人。\n控诉人：田秀禾"), ["田秀禾"]);
    let brothers = "申诉人（甲）：石文魁，男；申诉人（乙）：石文礼，男。\n请求迁坟。\n申诉人：石文魁\n石文礼";
    assert_eq!(names(brothers).first().map(String::as_str), Some("石文魁"));
}

#[test]
fn an_organisation_that_signs_petitions_and_its_contact_speaks_for_it() {
    let sealed = "我合作社的路坏了。\n定州市绿丰种植专业合作社（章）\n2026年7月30日\n联系人：石大山　手机13800000111";
    assert_eq!(names(sealed), ["定州市绿丰种植专业合作社"]);
    assert_eq!(sure_phones(sealed), ["13800000111"]);
    let alone = "电梯坏了没人修。\n联系人：石大山，13800000111。\n定州市怡景园小区业主委员会\n2026年3月28日";
    assert!(fields(alone).names.first().is_none_or(|name| name.value != "石大山" || name.confidence.value() < 0.6));
}

#[test]
fn words_that_look_like_places_and_a_title_below_a_heading_are_not_sure() {
    let place = |text: &str| fields(text).place.map(|found| found.value);
    assert_eq!(place("比如村东头的老石。"), None);
    assert_eq!(place("麦收的时候村里的会计找我。"), None);
    assert_eq!(place("给三个小区加工门窗。"), None);
    assert_eq!(place("他办的奶牛养殖小区臭水横流。"), None);
    let home = fields("我叫田秀禾，东亭镇翟城村人，种地。").address.map(|found| found.value);
    assert_eq!(home.as_deref(), Some("东亭镇翟城村"));
    let title = fields("反映信\n信访局领导：\n村里修路占了我家的承包地。").title;
    assert!(title.is_some_and(|title| title.confidence.value() < 0.6));
}

#[test]
fn who_signs_behind_words_of_their_own_is_asked_and_a_day_without_its_year_ends_a_signature() {
    let found = fields("求县里给个说法。\n老矿工 田秀禾（138 0000 0011）\n2026年3月1日").names;
    assert_eq!(values(&found), ["田秀禾"]);
    assert!(found[0].confidence.value() < 0.6, "{found:?}");
    assert_eq!(names("求县里给个说法。\n田秀禾 6月30日"), ["田秀禾"]);
    assert_eq!(names("求县里给个说法。\n6栋业主 濮阳雪等\n2026年3月1日"), ["濮阳雪"]);
    let list = "我叫田秀禾。有关的人：\n饭桌老板娘 石桂花 13800000012\n我本人 13800000011\n请查处。";
    assert_eq!(names(list), ["田秀禾"], "a row of a list signs nothing");
    assert_eq!(names("诉求人表示满意，可没有人联系过我。\n田秀禾\n2026年3月1日"), ["田秀禾"]);
}

#[test]
fn a_place_in_passing_is_asked_and_the_number_of_a_caller_is_nobodys_to_call_back() {
    let found = fields("我叫田秀禾，家里的药费没有报。我愿意发动小区的人凑一点。\n田秀禾\n2026年3月1日").place;
    assert!(found.as_ref().is_none_or(|place| place.confidence.value() < 0.6), "{found:?}");
    let text = "我叫田秀禾，电话13800000011。石大山事后托人给我打电话（13800000012打来的），说要私了。\n田秀禾";
    assert_eq!(sure_phones(text), ["13800000011"]);
}

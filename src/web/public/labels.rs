//! The fields of the form: how each is called in the page, in the JSON and to people.

/// Identifier in the page of a field of the JSON: `petitioners[0].phone` is `petitioners-0-phone`.
pub(super) fn id_of(field: &str) -> String {
    field.replace(['[', '.'], "-").replace(']', "")
}

/// What people call the field with this identifier.
pub(super) fn label_of(id: &str) -> String {
    let fixed = match id {
        "title" => "标题",
        "body" => "内容",
        "demand" => "诉求",
        "place" => "具体地点",
        "place_code" => "所在乡镇（街道）",
        "purpose" => "信访目的",
        "anonymous" => "匿名",
        "attachments" => "附件",
        "respondents-0-name" => "被反映人或单位",
        "respondents-0-post" => "被反映人的职务",
        "petitioners-0-name" => "姓名",
        "petitioners-0-phone" => "手机号码",
        "petitioners-0-id_number" => "身份证号",
        "petitioners-0-address" => "住址",
        "proxy-name" => "代办人姓名",
        "proxy-phone" => "代办人手机号码",
        _ => return joint_label(id).unwrap_or_else(|| "表单".to_owned()),
    };
    fixed.to_owned()
}

/// The fields in the order of the page; those of the people who petition together stand behind the first person's.
const ORDER: [&str; 16] = [
    "title",
    "body",
    "demand",
    "place_code",
    "place",
    "respondents-0-name",
    "respondents-0-post",
    "purpose",
    "anonymous",
    "petitioners-0-name",
    "petitioners-0-phone",
    "petitioners-0-id_number",
    "petitioners-0-address",
    "proxy-name",
    "proxy-phone",
    "attachments",
];

/// Where the field stands on the page, for sorting: what is wrong is listed in the order in which it is found below.
pub(super) fn position_of(id: &str) -> (usize, &str) {
    let fixed = |name: &str| ORDER.iter().position(|field| *field == name).unwrap_or(ORDER.len());
    if id.starts_with("petitioners-") && fixed(id) == ORDER.len() {
        (fixed("petitioners-0-address"), id)
    } else {
        (fixed(id), "")
    }
}

/// The fields of the people who petition together, after the first.
fn joint_label(id: &str) -> Option<String> {
    let (place, field) = id.strip_prefix("petitioners-")?.split_once('-')?;
    let place: usize = place.parse().ok()?;
    let what = match field {
        "name" => "姓名",
        "phone" => "手机号码",
        _ => return None,
    };
    Some(format!("共同信访人{place}的{what}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_a_name_for_people() {
        assert_eq!(label_of(&id_of("petitioners[0].phone")), "手机号码");
        assert_eq!(label_of(&id_of("petitioners[3].name")), "共同信访人3的姓名");
        assert_eq!(label_of(&id_of("proxy.phone")), "代办人手机号码");
        assert_eq!(label_of("petitioners-x-name"), "表单");
    }

    #[test]
    fn what_is_wrong_stands_in_the_order_of_the_page() {
        let mut ids = ["attachments", "proxy-phone", "petitioners-1-phone", "petitioners-0-phone", "anonymous", "body"];
        ids.sort_by(|one, other| position_of(one).cmp(&position_of(other)));
        let page = ["body", "anonymous", "petitioners-0-phone", "petitioners-1-phone", "proxy-phone", "attachments"];
        assert_eq!(ids, page);
    }
}

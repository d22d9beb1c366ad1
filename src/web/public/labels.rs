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
}

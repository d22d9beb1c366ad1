//! A petitioner as JSON.

use case::mask;
use case::petitioner::{Petitioner, PetitionerKind};
use serde::Serialize;
use utoipa::ToSchema;

use crate::presentation::Masking;

/// A petitioner; what is not known is null.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PetitionerDocument {
    /// `person` or `organisation`.
    pub kind: &'static str,
    /// 姓名.
    pub name: Option<String>,
    /// 公民身份号码.
    pub id_number: Option<String>,
    /// 统一社会信用代码.
    pub credit_code: Option<String>,
    /// The best number to call back.
    pub phone: Option<String>,
    /// Every number.
    pub phones: Vec<String>,
    /// Where notices may be mailed.
    pub mail_address: Option<String>,
    /// 住址.
    pub address: Option<String>,
}

impl PetitionerDocument {
    /// The petitioner, masked or not.
    #[must_use]
    pub fn of(petitioner: &Petitioner, masking: Masking) -> Self {
        let plain = masking == Masking::Plain;
        let text = |value: &str, masked: fn(&str) -> String| if plain { value.to_owned() } else { masked(value) };
        let phones: Vec<String> = petitioner
            .phones
            .iter()
            .map(|phone| if plain { phone.value.as_str().to_owned() } else { mask::phone(&phone.value) })
            .collect();
        Self {
            kind: match petitioner.kind {
                PetitionerKind::Person => "person",
                PetitionerKind::Organisation => "organisation",
            },
            name: petitioner.name.as_ref().map(|name| text(&name.value, mask::name)),
            id_number: petitioner
                .id_number
                .as_ref()
                .map(|number| if plain { number.value.as_str().to_owned() } else { mask::id_number(&number.value) }),
            credit_code: petitioner.credit_code.as_ref().map(|code| code.value.to_string()),
            phone: phones.first().cloned(),
            phones,
            mail_address: petitioner.mail_address.as_ref().map(|address| text(&address.value, mask::mail_address)),
            address: petitioner.address.as_ref().map(|address| text(&address.value, mask::address)),
        }
    }
}

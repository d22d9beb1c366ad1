//! What a call itself settles about its numbers, and what was found out about each field.

use case::field::{Doubt, Field, Verdict};
use case::identity::phone::Phone;
use case::statement::Statement;

use crate::fields;

/// What was read back, and how it was answered.
#[derive(Debug, Default)]
pub(super) struct Settled {
    /// Numbers that were read back and agreed to, or from which the call came.
    pub(super) confirmed: Vec<Phone>,
    /// Numbers that were read back and denied.
    pub(super) denied: Vec<Phone>,
    /// Whether the identity number was read back and agreed to.
    pub(super) id_number: bool,
}

impl Settled {
    /// Says of each field what was found out about it, and puts addresses into the form in which they are written.
    pub(super) fn judge(&self, statement: &mut Statement) {
        for petitioner in &mut statement.petitioners {
            petitioner.name = petitioner.name.take().map(|name| {
                let known = fields::is_personal_name(&name.value);
                name.judged(if known { Verdict::Valid } else { Verdict::Asked { why: Doubt::Unknown } })
            });
            let phones = std::mem::take(&mut petitioner.phones);
            petitioner.phones = phones.into_iter().map(|phone| self.phone(phone)).collect();
            petitioner.phones.sort_by(|one, other| other.confidence.value().total_cmp(&one.confidence.value()));
            let verdict = if self.id_number { Verdict::Confirmed } else { Verdict::Valid };
            petitioner.id_number = petitioner.id_number.take().map(|number| number.judged(verdict));
            petitioner.credit_code = petitioner.credit_code.take().map(|code| code.judged(Verdict::Valid));
            petitioner.address =
                petitioner.address.take().map(|address| address.map(|words| fields::with_figures(&words)));
        }
    }

    fn phone(&self, phone: Field<Phone>) -> Field<Phone> {
        let verdict = if self.confirmed.contains(&phone.value) {
            Verdict::Confirmed
        } else if self.denied.contains(&phone.value) {
            Verdict::Asked { why: Doubt::Invalid }
        } else {
            Verdict::Valid
        };
        phone.judged(verdict)
    }
}

//! Who is complained about (被反映人或单位): decides where a case must not go.

use serde::{Deserialize, Serialize};

use crate::field::Field;
use crate::unit::UnitCode;

/// A person or unit named as the cause of the matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Respondent {
    /// The name as written, such as `鼎盛房地产开发有限公司` or `王经理`.
    pub name: Field<String>,
    /// 职务, when a person is meant.
    pub post: Option<String>,
    /// The unit of our list that is meant, when it was recognised.
    pub unit: Option<UnitCode>,
}

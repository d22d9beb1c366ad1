//! Being written.

use super::{Fields, Text};

pub(super) fn find(_text: &Text, _fields: &mut Fields) {}

//! Being written.

use super::{Context, Fields, Text};

pub(super) fn find(_text: &Text, _context: &Context, _fields: &mut Fields) {}

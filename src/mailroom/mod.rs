//! The mailroom: from stacks of scanned paper to letters, and what is done with paper that must not be scanned.
//!
//! 1. [`folder`] watches the scanners' folder, [`take_in`] makes each file durable and enqueues its parting.
//! 2. [`part`] is that job: it looks at every page's codes ([`code`]), decides where letters begin ([`parting`]), and makes each
//!    letter an arrival of its own. From there the way is that of any letter.
//! 3. [`ledger`] keeps readings page by page, so that a reading goes on where it was cut short.
//! 4. [`sticker`] gives out numbers beforehand and ties later scans to their record; [`sealed`] is the book of sealed envelopes.
//! 5. [`listing`] is what the desk shows of batches.
//!
//! Whatever happens, a file is in the scanners' folder, in the claimed folder, or durable; it leaves the claimed folder last.

pub mod code;
pub mod folder;
pub mod ledger;
pub mod listing;
pub mod part;
pub mod parting;
pub mod sealed;
pub mod sticker;
pub mod take_in;

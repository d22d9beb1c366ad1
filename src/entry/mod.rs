//! Entering in a petitioner's name: at the counter, on the telephone, from paper. What the entry screen does while somebody types.
//!
//! 1. [`draft`]: what is typed is kept, at any moment, for whoever types it.
//! 2. [`suggest`]: likely duplicates and values for the fields, from partial words.
//! 3. [`caller`]: earlier cases of the number that calls; each look is an event.
//! 4. [`read_back`]: numbers as they are said back to the caller.
//! 5. [`register`]: the draft becomes a submission; the record says who entered it and in whose name.
//! 6. `forget`: drafts that nobody goes on with are removed after a while.
//! 7. [`incoming`]: calls that the telephone system announces.

pub mod caller;
pub mod draft;
pub(crate) mod forget;
pub mod incoming;
pub mod read_back;
pub mod register;
pub mod suggest;

//! Entering what came on paper, by telephone or by mail: forms, and the page that tells what became of each.

pub mod calls;
pub mod entered;
mod file_form;
pub mod item;
pub mod letters;
pub mod mails;

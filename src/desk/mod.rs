//! What the desk does with a case. Every operation takes a [`viewer::Viewer`], checks the right, appends events, and can be
//! undone by another one.

pub mod decide;
pub mod directory;
pub mod duplicates;
pub mod entered;
pub mod group;
pub mod grouping;
pub mod index;
pub mod join;
pub mod mail;
pub mod matters;
pub mod names;
pub mod notice;
pub mod quarantine;
pub mod queue;
pub mod recall;
pub mod representatives;
pub mod search;
mod seen_events;
pub mod send;
pub mod sought;
pub mod states;
pub mod undo;
pub mod unseal;
pub mod view;
pub mod viewer;

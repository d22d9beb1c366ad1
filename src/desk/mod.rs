//! What the desk does with a case. Every operation takes a [`viewer::Viewer`], checks the right, appends events, and can be
//! undone by another one.

pub mod decide;
pub mod join;
pub mod quarantine;
pub mod queue;
pub mod recall;
pub mod search;
pub mod send;
pub mod undo;
pub mod unseal;
pub mod view;
pub mod viewer;

//! Batches of scans at the desk: the list with its upload form, one batch, and what can be done with a refused file.

pub mod list;
pub mod original;
pub mod retry;
pub mod show;
pub mod upload;

/// Where the list is.
pub const PATH: &str = "/desk/batches";

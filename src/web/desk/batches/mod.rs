//! Batches of scans at the desk: the list with its upload form, one batch, and parting a refused file again.

pub mod list;
pub mod retry;
pub mod show;
pub mod upload;

/// Where the list is.
pub const PATH: &str = "/desk/batches";

//! What anybody may use without signing in.

pub mod limits;

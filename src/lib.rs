//! gateway
pub mod sample;

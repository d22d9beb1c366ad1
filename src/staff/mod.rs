//! Signing in: passwords, sessions and adding people.

pub mod add;
pub mod password;
pub mod session;

//! What tells one person or organisation from another: numbers that can be checked, and keyed hashes of them.

pub mod credit_code;
pub mod id_number;
pub mod key;
pub mod phone;

//! What happens to a submission once it is registered: it is indexed, compared with earlier ones, classified, and a unit is
//! suggested. Everything here is a suggestion with its reasons; a person decides.

pub mod index;
pub mod judge;
pub mod rebuild;
pub mod rebuilding;
pub mod similar;
pub mod waiting;

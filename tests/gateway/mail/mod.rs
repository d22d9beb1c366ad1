//! Mail over real servers: in, fetched, registered, acknowledged, answered, joined; and whatever can go wrong on the way.

mod acknowledging;
mod circuit;
mod crash;
mod documents;
mod encrypted;
mod fetching;
mod handed_over;
pub(crate) mod later;
mod sending;
mod servers;
mod spam;
mod threads;
mod whole;
pub(crate) mod written;

//! End-to-end tests: the real program, real HTTP, a real browser. One binary, so that it links once.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "harness and tests stop at the first thing that is not as it should be"
)]

mod answers;
mod api;
mod backup;
mod bad_input;
mod browser;
mod calls;
mod command_line;
mod comparable;
mod crash;
mod demo_office;
mod desk;
mod desk_search;
mod entry;
mod groups;
mod harness;
mod kinds;
mod letters;
mod mail;
mod mailroom;
mod masking;
mod protection;
mod public;
mod reindex;
mod same_moment;
mod search_server;

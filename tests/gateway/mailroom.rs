//! The mailroom: watched folder, stacks, upload, sealed envelopes, and whatever goes wrong on the way.

mod archive;
mod crash;
mod folder;
mod later_scan;
mod programs;
mod refused;
mod sealed;
mod stacks;
mod two_hundred;
mod upload;

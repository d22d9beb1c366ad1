//! End-to-end tests: the real program, real HTTP, a real browser. One binary, so that it links once.

mod command_line;
mod desk;
mod harness;

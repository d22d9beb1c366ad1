//! Every page in Chromium, on a phone and on the screen of an office: operable with the keyboard, no wider than the screen, and without
//! anything that axe-core finds wrong. Each page that was looked at is kept as a picture in `target/screenshots`.

mod accessibility;
mod answers;
mod citizen;
mod desk;
mod driver;
mod engine_down;
mod entry;
mod filled;
mod later_scan;
mod letters;
mod mailboxes;
mod mailroom;
mod screen;
mod typing;

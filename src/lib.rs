//! xinqiao 信桥: one gateway through which a petition (信访事项) reaches the unit that must answer it.
//!
//! Four doors (web form, scanned letter, mail, phone transcript) become one case model; earlier petitions on the same matter
//! are found; the responsible unit is suggested and sent the case; the petitioner sees where it stands.
//!
//! The flow of one petition: [`intake`] makes the original durable and registers what the door read; [`judging`] compares,
//! classifies and suggests; of a letter, a person compares what was read with the paper ([`verification`]); a person at the [`desk`] decides; [`dispatch`] sends; [`status`] tells the petitioner. All work outside
//! the database is a durable job ([`jobs`]). [`calls`] is what telephone systems and recognisers bring, [`entry`] what staff type
//! in a petitioner's name.

pub mod answers;
pub mod archive;
pub mod backup;
pub mod calls;
pub mod command;
pub mod configuration;
pub mod correspondence;
pub mod desk;
pub mod dispatch;
pub mod entry;
pub mod evaluate;
pub mod gateway;
pub mod intake;
pub mod jobs;
pub mod judging;
pub mod lmtp;
pub mod mailbox;
pub mod mailroom;
pub mod office;
pub mod presentation;
pub mod routing;
pub mod sample;
pub mod staff;
pub mod startup;
pub mod status;
pub mod system;
pub mod trust;
pub mod verification;
pub mod watched_folder;
pub mod web;

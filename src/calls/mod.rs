//! Calls, as they come from telephone systems and recognisers: a transcript, a recording, or both.
//!
//! 1. [`files`]: which files are one call.
//! 2. [`bring`]: a call is taken in, its recording kept with its hash.
//! 3. [`folder`]: the watched folder into which telephone systems and recognisers write.
//! 4. [`recogniser`]: the office's own program that writes down a recording, in a process of its own under limits.

pub mod bring;
pub mod files;
pub mod folder;
pub mod recogniser;

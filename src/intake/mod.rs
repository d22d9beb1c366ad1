//! From a door to a registered submission.
//!
//! 1. [`receive`]: the original is durable, then its arrival and the job that reads it, then the door answers.
//! 2. [`read`]: the job reads the arrival through its door and registers it, or refuses it into the quarantine.
//! 3. [`submit`]: the short way for doors whose reading is quick and whose sender waits for a number: form, API and calls.
//! 4. [`register`]: numbers, submission, case, events and the next jobs, in one unit of work.
//! 5. [`attachments`]: what could not be read of a mail's attachments is read later and added.
//!
//! Whatever happens in between, the arrival exists once and leads to one submission or one refusal.

pub mod attachments;
pub mod hold;
pub mod progress;
pub mod read;
pub mod receipt;
pub mod receive;
pub mod register;
pub mod retry;
pub mod submit;

//! Mails that a mail server hands over by LMTP (RFC 2033): for offices whose server pushes instead of being asked.
//!
//! | file | what |
//! |---|---|
//! | `session` | the conversation as a machine without a network: bytes in, what is to be done out |
//! | `listener` | connections, their limits, and the one thing that is done: a mail is made durable |
//!
//! A mail is answered with 250 only after its original and its arrival are durable; otherwise the server keeps it and comes again.

pub mod listener;
pub mod session;

//! The archive file of a letter: a PDF/A-2u (ISO 19005-2) of its page images with an invisible text layer, beside the original, which is
//! never touched.
//!
//! | part | module |
//! |---|---|
//! | the file: pages, output intent, catalogue | [`document`] |
//! | the words over each page, and the font that has no shapes | [`text_layer`], [`glyphless`] |
//! | colours, metadata, the frame of a page image | [`srgb`], [`metadata`], [`jpeg`] |
//! | the job that makes it, and giving it to a person | [`make`], [`open`] |
//!
//! The same letter with the same corrections gives the same bytes, so making it again after a crash changes nothing. A later file, made
//! after corrections or a later scan, stands beside the earlier one.

pub mod document;
pub mod glyphless;
pub mod jpeg;
pub mod make;
pub mod metadata;
pub mod open;
pub mod srgb;
pub mod text_layer;

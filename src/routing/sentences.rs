//! Sentences: what is said of somebody is said in the sentence that names them.

/// The sentences of `text`, without what ends them.
pub(super) fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split(['。', '！', '？', '；', '!', '?', ';', '\n']).map(str::trim).filter(|sentence| !sentence.is_empty())
}

//! Stub.
/// Stub.
#[derive(Debug)]
pub struct Office;
impl Office {
    /// Stub.
    #[must_use]
    pub fn class_name(&self, class: &case::class::ContentClass) -> String {
        class.to_string()
    }
}

//! Long lists in pages.

/// Which part of a list is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paging {
    /// How many rows to skip.
    pub offset: u32,
    /// The most rows to give, 1 to [`Paging::LIMIT`].
    pub limit: u32,
}

impl Paging {
    /// The most rows of one page.
    pub const LIMIT: u32 = 200;

    /// A part that starts after `offset` rows; `limit` is brought into 1 to [`Paging::LIMIT`].
    #[must_use]
    pub fn new(offset: u32, limit: u32) -> Self {
        Self { offset, limit: limit.clamp(1, Self::LIMIT) }
    }

    /// The first `limit` rows.
    #[must_use]
    pub fn first(limit: u32) -> Self {
        Self::new(0, limit)
    }
}

/// Part of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// How many rows the whole list has.
    pub total: u64,
}

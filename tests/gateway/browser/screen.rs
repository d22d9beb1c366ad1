//! The screens that pages must fit.

/// A screen, in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Screen {
    /// A small phone, 360 x 800: the narrowest that is promised.
    Phone,
    /// An office screen, 1280 x 900.
    Office,
}

impl Screen {
    /// Its width.
    pub(super) const fn width(self) -> u32 {
        match self {
            Self::Phone => 360,
            Self::Office => 1280,
        }
    }

    /// Its height.
    pub(super) const fn height(self) -> u32 {
        match self {
            Self::Phone => 800,
            Self::Office => 900,
        }
    }
}

//! What a page image says of itself: JPEG files go into the PDF as they are, so the PDF must say the same.

/// Size and colours of a JPEG.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame {
    /// Pixels in a row.
    pub width: u16,
    /// Rows.
    pub height: u16,
    /// Whether it has colours; grey otherwise.
    pub coloured: bool,
}

/// Reads the frame header (ITU-T T.81, B.2.2); none when it is no JPEG of 8 bits in grey or three colours.
#[must_use]
pub fn frame(bytes: &[u8]) -> Option<Frame> {
    let mut rest = bytes.strip_prefix(&[0xFF, 0xD8])?;
    loop {
        let [0xFF, marker, high, low, ..] = *rest else { return None };
        let length = usize::from(u16::from_be_bytes([high, low]));
        let segment = rest.get(4..length.checked_add(2)?)?;
        // Baseline, extended and progressive.
        if matches!(marker, 0xC0..=0xC2) {
            let [8, top, bottom, left, right, components, ..] = *segment else { return None };
            let (height, width) = (u16::from_be_bytes([top, bottom]), u16::from_be_bytes([left, right]));
            let coloured = match components {
                1 => false,
                3 => true,
                _ => return None,
            };
            return (width > 0 && height > 0).then_some(Frame { width, height, coloured });
        }
        rest = rest.get(length + 2..)?;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::sample::page::{Sheet, jpeg};

    #[test]
    fn grey_and_coloured_pages_are_told_apart() {
        let mut sheet = Sheet::filled(30, 20, [200, 10, 10], 200);
        let grey = frame(&jpeg(&sheet, 80).unwrap());
        assert_eq!(grey, Some(Frame { width: 30, height: 20, coloured: false }));
        sheet.coloured = true;
        let coloured = frame(&jpeg(&sheet, 80).unwrap());
        assert_eq!(coloured, Some(Frame { width: 30, height: 20, coloured: true }));
    }

    proptest! {
        #[test]
        fn nothing_else_is_taken_for_one(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            prop_assume!(!bytes.starts_with(&[0xFF, 0xD8]));
            prop_assert_eq!(frame(&bytes), None);
            let _whatever = frame(&[&[0xFF, 0xD8][..], &bytes].concat());
        }
    }
}

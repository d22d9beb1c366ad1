//! Bands of a MinHash signature: petitions that share one are alike as a whole, whatever single words of a scan were misread.
//!
//! 32 bands of 3 rows over the bigrams that say something: of two texts that share a third of these, one band in about 27 is
//! equal, so 7 pairs of 10 meet; of two that share 7 of 10 all do; of two that share 2 of 100 about 3 pairs in 10,000.

/// The number of bands.
pub(super) const BANDS: usize = 32;
/// Rows of one band.
const ROWS: usize = 3;

/// The bands of a set of terms, each as 16 hexadecimal digits that begin differently for each band; none of an empty set.
pub(super) fn bands<'a>(terms: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let hashed: Vec<u64> = terms.into_iter().map(|term| fnv(term.as_bytes())).collect();
    if hashed.is_empty() {
        return Vec::new();
    }
    (0..BANDS)
        .map(|band| {
            let mut joined = Vec::with_capacity(ROWS * 8 + 8);
            joined.extend_from_slice(&band.to_le_bytes());
            for row in 0..ROWS {
                let seed = mixed(u64::try_from(band * ROWS + row).unwrap_or(0).wrapping_add(0x9E37_79B9_7F4A_7C15));
                let least = hashed.iter().map(|hash| mixed(hash ^ seed)).min().unwrap_or(u64::MAX);
                joined.extend_from_slice(&least.to_le_bytes());
            }
            format!("{band:02x}{:014x}", fnv(&joined) >> 8)
        })
        .collect()
}

/// FNV-1a of 64 bits: stable over versions of the program, unlike the hashes of the standard library.
fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01B3))
}

/// The finaliser of SplitMix64: spreads every bit over all.
const fn mixed(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    value ^ (value >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shared(a: &[String], b: &[String]) -> usize {
        a.iter().filter(|band| b.contains(band)).count()
    }

    #[test]
    fn like_sets_share_bands_and_unlike_ones_none() {
        let terms = |range: std::ops::Range<u32>| range.map(|term| term.to_string()).collect::<Vec<_>>();
        let of = |terms: &[String]| bands(terms.iter().map(String::as_str));
        let (one, like, other) = (of(&terms(0..100)), of(&terms(10..110)), of(&terms(1_000..1_100)));
        assert_eq!(shared(&one, &one), BANDS);
        assert!(shared(&one, &like) > 8);
        assert_eq!(shared(&one, &other), 0);
        assert!(bands([]).is_empty());
    }

    #[test]
    fn the_order_of_the_terms_does_not_matter_and_the_bands_are_those_of_every_version() {
        assert_eq!(bands(["甲", "乙"]), bands(["乙", "甲"]));
        insta::assert_snapshot!(bands(["甲", "乙"]).first().unwrap());
    }
}

//! Numbers that look random and are the same in every run: for sample pages and generated petitions.
//!
//! Not a source of secrets. What must not be guessed comes from `case::ports::Randomness`.

/// The `SplitMix64` sequence (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014):
/// a counter with an odd step, mixed. Every seed gives a sequence of full period.
#[derive(Debug, Clone)]
pub struct Sequence {
    state: u64,
}

impl Sequence {
    /// The sequence of `seed`.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// The sequence of the item `number` of a series with `seed`: unlike its neighbours, and found without making them.
    #[must_use]
    pub const fn of_item(seed: u64, number: u64) -> Self {
        Self { state: mix(seed ^ mix(number.wrapping_add(0x9E37_79B9_7F4A_7C15))) }
    }

    /// The next 64 bits.
    pub const fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        mix(self.state)
    }

    /// A number below `bound`; 0 when `bound` is 0. The bias of the multiplication is below `bound / 2^64`.
    pub fn below(&mut self, bound: usize) -> usize {
        let wide = u128::from(self.bits()) * u128::try_from(bound).unwrap_or(0);
        usize::try_from(wide >> 64).unwrap_or(0)
    }

    /// Whether something that happens `per_mille` times in a thousand happens now.
    pub fn happens(&mut self, per_mille: u16) -> bool {
        self.below(1000) < usize::from(per_mille)
    }

    /// One of `items`; `None` when there are none.
    pub fn pick<'items, T>(&mut self, items: &'items [T]) -> Option<&'items T> {
        items.get(self.below(items.len()))
    }

    /// One of `words`; the empty text when there are none.
    pub fn word<'items>(&mut self, words: &[&'items str]) -> &'items str {
        self.pick(words).copied().unwrap_or_default()
    }
}

/// The finaliser of `SplitMix64`: a bijection on 64 bits.
const fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    value ^ (value >> 31)
}

#[cfg(test)]
mod tests {
    use super::Sequence;

    #[test]
    fn gives_the_published_first_numbers_of_seed_zero() {
        let mut sequence = Sequence::new(0);
        assert_eq!(sequence.bits(), 0xE220_A839_7B1D_CDAF);
        assert_eq!(sequence.bits(), 0x6E78_9E6A_A1B9_65F4);
    }

    #[test]
    fn stays_below_the_bound_and_reaches_every_number() {
        let mut sequence = Sequence::new(7);
        let mut seen = [false; 10];
        for _ in 0..1_000 {
            seen[sequence.below(10)] = true;
        }
        assert_eq!(seen, [true; 10]);
        assert_eq!(sequence.below(0), 0);
    }
}

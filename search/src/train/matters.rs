//! Which petitions are of one matter, as far as judged pairs say.

use std::collections::BTreeMap;

/// The matter of each petition, by the smallest number of its petitions.
pub type Matters = BTreeMap<u64, u64>;

/// Joins what `pairs` say belongs together; a petition that is joined with nothing is a matter of its own.
#[must_use]
pub fn matters(pairs: impl IntoIterator<Item = (u64, u64, bool)>) -> Matters {
    let mut parents: Matters = BTreeMap::new();
    for (a, b, together) in pairs {
        let (a, b) = (root(&mut parents, a), root(&mut parents, b));
        if together && a != b {
            parents.insert(a.max(b), a.min(b));
        }
    }
    let petitions: Vec<u64> = parents.keys().copied().collect();
    petitions.into_iter().map(|petition| (petition, root(&mut parents, petition))).collect()
}

fn root(parents: &mut Matters, petition: u64) -> u64 {
    let mut at = petition;
    while let Some(parent) = parents.get(&at).copied().filter(|parent| *parent != at) {
        at = parent;
    }
    parents.insert(at, at);
    if petition != at {
        parents.insert(petition, at);
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_joined_step_by_step_is_one_matter() {
        let found = matters([(5, 4, true), (3, 4, true), (9, 3, false), (2, 9, true)]);
        assert_eq!(found, BTreeMap::from([(2, 2), (3, 3), (4, 3), (5, 3), (9, 2)]));
    }
}

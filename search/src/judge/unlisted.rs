//! Names that no list knows and no ending tells: `湖畔聚宝`, `云上人家`. They are runs of a title that are rare, name no
//! trouble, and stand in the other petition too.

use super::prepared::Prepared;
use crate::text::GramKey;

/// The fewest bigrams of a name: three characters.
const SHORTEST: usize = 2;
/// A run of more weight than this is rare for certain.
const RARE: f64 = 3.0;
/// A run of more weight than this is a name for certain.
const CERTAIN: f64 = 4.0;
/// How much it says beside a name whose ending tells what it names: it may be any rare phrase.
const BESIDE_LISTED: f64 = 0.6;
/// How much it says where only one of the titles has it.
const IN_ONE_TITLE: f64 = 0.8;

/// What the weightiest such run says, each 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Unlisted {
    /// How rare it is.
    pub(super) rarity: f64,
    /// How much it says as a name that both are about.
    pub(super) standing: f64,
}

/// The weightiest run of either title that stands in the other petition.
pub(super) fn unlisted(a: &Prepared, b: &Prepared) -> Unlisted {
    let (one, other) = (of_title(a, b), of_title(b, a));
    Unlisted { rarity: one.rarity.max(other.rarity), standing: one.standing.max(other.standing) }
}

/// The weightiest run of the title of `a` that stands in `b`.
fn of_title(a: &Prepared, b: &Prepared) -> Unlisted {
    let shared: Vec<_> = a.proper_line.iter().map(|gram| gram.filter(|gram| b.grams.has(*gram))).collect();
    let mut heaviest = (0.0, Unlisted::default());
    for run in shared.split(Option::is_none).filter(|run| run.len() >= SHORTEST) {
        let weigh = |wanted: &dyn Fn(GramKey) -> bool| -> f64 {
            run.iter().flatten().filter(|gram| wanted(**gram)).map(|gram| a.rare(*gram)).sum()
        };
        let weight = weigh(&|_gram| true);
        if weight > heaviest.0 {
            let mean = weight / crate::real(u64::try_from(run.len()).unwrap_or(u64::MAX));
            let in_other_title = weigh(&|gram| b.title_grams.has(gram)) / weight;
            let titles = (1.0 - IN_ONE_TITLE).mul_add(in_other_title, IN_ONE_TITLE);
            let standing = BESIDE_LISTED * (weight / CERTAIN).min(1.0) * mean * titles;
            heaviest = (weight, Unlisted { rarity: (weight / RARE).min(1.0), standing });
        }
    }
    heaviest.1
}

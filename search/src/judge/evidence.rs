//! What two petitions have in common and what sets them apart, in numbers. Every number is the same for (a, b) and (b, a).

use std::collections::{BTreeMap, BTreeSet};

use case::identity::key::IdentityKind;

use super::claims::is_granted;
use super::names::{Name, NameKind, agree, may_be_misread};
use super::prepared::{Prepared, Standing};
use super::unlisted::unlisted;
use super::weighed::Weighed;

/// The shortest shared phrase, in units.
const SHORTEST_PHRASE: usize = 3;
/// A shared phrase of more weight than this says no more than one of it.
const ENOUGH_PHRASE: f64 = 8.0;
/// A gap of more days than this is as long as any.
const LONGEST_GAP: f64 = 1000.0;

/// How much a shared name says that is only the home of one of the petitioners.
const HOME_ONLY: f64 = 0.3;
/// How much a village says beside an estate or a firm: it has many matters of each kind.
const VILLAGE: f64 = 0.6;
/// A name of this rarity does not stand in a text by chance.
const RARE_NAME: f64 = 0.6;
/// Texts less alike than this were written by two people about themselves.
const ANOTHER_TEXT: f64 = 0.7;
/// The likeness of troubles that a name which no list knows stands for by itself: its title may tell the trouble in other words.
const UNTOLD: f64 = 0.15;
macro_rules! evidence {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// The numbers, each about 0 to 1.
        #[derive(Debug, Clone, Copy, PartialEq, Default)]
        pub struct Evidence {
            $($(#[$doc])* pub $name: f64,)*
        }

        impl Evidence {
            /// The names of the numbers, in order.
            pub const NAMES: &[&str] = &[$(stringify!($name),)*];

            /// The numbers, in order.
            #[must_use]
            pub fn values(&self) -> Vec<f64> {
                vec![$(self.$name,)*]
            }
        }
    };
}

evidence! {
    /// Likeness of all bigrams, those of titles weigh more: the cosine of their weights.
    text,
    /// Likeness of all bigrams, titles no more than bodies.
    plain_text,
    /// The root of `text`: the first common words say more than the last.
    text_root,
    /// Likeness of the characters, common ones weigh less: one matter in other words has characters in common.
    characters,
    /// How much of one title stands in the other petition, the better direction.
    title_in_text,
    /// The rarest phrase that both have.
    rare_phrase,
    /// How much of the troubles of one title stand in the other petition, the worse direction.
    trouble_both,
    /// Both titles name troubles, and neither petition names one of the other's title.
    other_troubles,
    /// Likeness of the troubles that both name: the cosine of how often.
    troubles,
    /// The same name and the same trouble together.
    name_and_trouble,
    /// Both name the same estate, village or firm.
    name_agrees,
    /// Both titles name the same estate, village or firm.
    title_name_agrees,
    /// How rare the rarest place, firm or road is that both name, by its ending or as an uncommon run of a title.
    rare_place,
    /// Both titles name estates, villages or firms, and none is the same.
    title_name_conflict,
    /// Both name roads, and none is the same.
    road_conflict,
    /// Both name districts, and none is the same.
    district_conflict,
    /// Both name the same line or building.
    number_agrees,
    /// Both name lines or buildings, and none is the same.
    number_conflict,
    /// One petitioner is behind both.
    same_petitioner,
    /// Two petitioners, each asking for money of their own.
    separate_claims,
    /// The days between them.
    gap,
}

/// The numbers with what they rest on, for the reasons.
pub(super) struct Comparison {
    pub(super) evidence: Evidence,
    /// Pairs of agreeing names: as written in the first and in the second.
    pub(super) shared_names: Vec<(Name, Name)>,
    /// Kinds in which both have names and none agrees, with the names.
    pub(super) conflicts: Vec<(NameKind, Vec<String>, Vec<String>)>,
    /// Both titles name a place, a road or a line of one kind, or both petitions a village or a township of the matter, and it is not
    /// the same one, or both ask for what is granted to one household: whatever else is alike, the matter is not.
    pub(super) veto: bool,
    /// Phrases that both have, weightiest first.
    pub(super) phrases: Vec<(f64, String)>,
    /// Troubles that both name.
    pub(super) shared_topics: Vec<usize>,
    /// Both titles name troubles, and none is the same.
    pub(super) other_trouble: bool,
    /// What the petitioners share, strongest first.
    pub(super) shared_identity: Option<IdentityKind>,
    /// Whole days between them.
    pub(super) days: i64,
}

pub(super) fn compare(a: &Prepared, b: &Prepared) -> Comparison {
    let phrases = shared_phrases(a, b);
    let (shared_names, mut conflicts) = compare_names(a, b);
    let shared_topics: Vec<usize> = a.topics.keys().filter(|topic| b.topics.contains_key(topic)).copied().collect();
    let shared_identity = shared_identity(a, b);
    let seconds = a.petition.registered_at.duration_since(b.petition.registered_at).as_secs().abs();
    let days = seconds / 86_400;
    let is_number = |kind: NameKind| matches!(kind, NameKind::Line | NameKind::Building);
    let shares = |wanted: &dyn Fn(NameKind) -> bool| flag(shared_names.iter().any(|(name, _other)| wanted(name.kind)));
    let conflicting = |wanted: &dyn Fn(NameKind) -> bool| flag(conflicts.iter().any(|(kind, _a, _b)| wanted(*kind)));
    let title_agrees =
        shared_names.iter().any(|(first, second)| is_thing(first.kind) && in_title(first, a) && in_title(second, b));
    let name_agrees = shares(&is_thing);
    let titles_in = [a.title_grams.share_in(&b.grams), b.title_grams.share_in(&a.grams)];
    let topics = topic_likeness(&a.topics, &b.topics);
    let troubles = [named_in(&a.title_topics, &b.topics), named_in(&b.title_topics, &a.topics)];
    let small = |kind: NameKind| is_thing(kind) || kind == NameKind::Road;
    let listed = shared_names
        .iter()
        .filter(|(name, _other)| small(name.kind))
        .map(|(first, second)| a.name_rarity(first).max(b.name_rarity(second)))
        .fold(0.0, f64::max);
    let text = a.grams.cosine(&b.grams);
    let unlisted = unlisted(a, b);
    let evidence = Evidence {
        text,
        text_root: text.max(0.0).sqrt(),
        plain_text: a.plain.cosine(&b.plain),
        characters: a.characters.cosine(&b.characters),
        title_in_text: titles_in[0].max(titles_in[1]),
        rare_phrase: phrases.first().map_or(0.0, |(weight, _phrase)| weight.min(ENOUGH_PHRASE) / ENOUGH_PHRASE),
        trouble_both: troubles[0].min(troubles[1]),
        other_troubles: flag(troubles[0].max(troubles[1]) <= 0.0),
        troubles: topics,
        name_and_trouble: (shared_standing(a, b, &shared_names) * topics).max(unlisted.standing * topics.max(UNTOLD)),
        name_agrees,
        title_name_agrees: flag(title_agrees),
        rare_place: listed.max(unlisted.rarity),
        title_name_conflict: flag(titles_conflict(a, b, &is_thing)),
        road_conflict: conflicting(&|kind| kind == NameKind::Road),
        district_conflict: conflicting(&|kind| kind == NameKind::District),
        number_agrees: shares(&is_number),
        number_conflict: conflicting(&is_number),
        same_petitioner: shared_identity.map_or(0.0, strength),
        separate_claims: flag(separate_claims(a, b)),
        gap: crate::real(days.unsigned_abs()).ln_1p() / LONGEST_GAP.ln_1p(),
    };
    let other_trouble = disjoint(&a.title_topics, &b.title_topics);
    let rural = |kind: NameKind| matches!(kind, NameKind::Village | NameKind::Township);
    let one_place = shared_names.iter().any(|(name, _other)| is_place(name.kind) || rural(name.kind));
    if !one_place && !conflicts.iter().any(|(kind, _a, _b)| rural(*kind)) {
        conflicts.extend(settlements_conflict(a, b));
    }
    let apart = !one_place && conflicts.iter().any(|(kind, _a, _b)| rural(*kind));
    // Firms beside one estate are often named by what they are (`附近的搅拌站`); then the estate says more.
    let one_estate = shared_names
        .iter()
        .any(|(first, second)| first.kind == NameKind::Estate && in_title(first, a) && in_title(second, b));
    let firms_apart = !one_estate && titles_conflict(a, b, &|kind| kind == NameKind::Firm);
    // A text that somebody else hands in again is the same matter all the same.
    let own_grants = evidence.plain_text < ANOTHER_TEXT
        && separate_claims(a, b)
        && [a.claim, b.claim].into_iter().flatten().all(is_granted);
    let veto = apart
        || own_grants
        || firms_apart
        || [NameKind::Estate, NameKind::Village, NameKind::Line]
            .into_iter()
            .any(|wanted| titles_conflict(a, b, &|kind| kind == wanted))
        || (!one_estate && titles_conflict(a, b, &|kind| kind == NameKind::Road));
    Comparison { evidence, veto, other_trouble, shared_names, conflicts, phrases, shared_topics, shared_identity, days }
}

/// How sure it is that one petitioner is behind both when a key of this kind is shared.
pub(super) const fn strength(kind: IdentityKind) -> f64 {
    match kind {
        IdentityKind::IdNumber | IdentityKind::CreditCode => 1.0,
        IdentityKind::Phone | IdentityKind::MailAddress => 0.9,
        IdentityKind::NameAndAddress => 0.75,
        IdentityKind::Name => 0.3,
    }
}

fn shared_identity(a: &Prepared, b: &Prepared) -> Option<IdentityKind> {
    a.petition.identity.iter().filter(|key| b.petition.identity.contains(key)).map(|key| key.kind).min()
}

/// Whether two people known to be two ask for their own money, each for theirs.
pub(super) fn separate_claims(a: &Prepared, b: &Prepared) -> bool {
    let known = |prepared: &Prepared| !prepared.petition.identity.is_empty();
    a.claim.is_some() && b.claim.is_some() && known(a) && known(b) && shared_identity(a, b).is_none()
}

const fn flag(set: bool) -> f64 {
    if set { 1.0 } else { 0.0 }
}

/// How much the shared name says that says most: by where it stands, and whether it is of the matter or only somebody's home.
fn shared_standing(a: &Prepared, b: &Prepared, shared_names: &[(Name, Name)]) -> f64 {
    shared_names
        .iter()
        .filter(|(name, _other)| is_thing(name.kind))
        .map(|(first, second)| {
            let of_matter = |name: &Name, prepared: &Prepared| prepared.matter_names.iter().any(|one| agree(one, name));
            if of_matter(first, a) && of_matter(second, b) {
                let size = if first.kind == NameKind::Village { VILLAGE } else { 1.0 };
                size * standing(in_title(first, a), in_title(second, b))
            } else {
                HOME_ONLY
            }
        })
        .fold(0.0, f64::max)
}

/// How much a shared name says by where it stands.
const fn standing(in_title: bool, in_other_title: bool) -> f64 {
    match (in_title, in_other_title) {
        (true, true) => 1.0,
        (true, false) | (false, true) => 0.9,
        (false, false) => 0.6,
    }
}

fn topic_likeness(a: &BTreeMap<usize, u32>, b: &BTreeMap<usize, u32>) -> f64 {
    let weighed = |topics| Weighed::of_numbers(topics, |count| f64::from(count).ln_1p());
    weighed(a).cosine(&weighed(b))
}

/// The share of the troubles of a title that a petition names; a half when the title names none.
fn named_in(title: &BTreeMap<usize, u32>, all: &BTreeMap<usize, u32>) -> f64 {
    if title.is_empty() {
        return 0.5;
    }
    let named = title.keys().filter(|topic| all.contains_key(topic)).count();
    let real = |count: usize| crate::real(u64::try_from(count).unwrap_or(u64::MAX));
    real(named) / real(title.len())
}

fn disjoint(a: &BTreeMap<usize, u32>, b: &BTreeMap<usize, u32>) -> bool {
    !a.is_empty() && !b.is_empty() && !a.keys().any(|topic| b.contains_key(topic))
}

type Conflict = (NameKind, Vec<String>, Vec<String>);

/// Names that agree, and kinds in which nothing agrees though both name something.
fn compare_names(a: &Prepared, b: &Prepared) -> (Vec<(Name, Name)>, Vec<Conflict>) {
    let kinds = [
        NameKind::Estate,
        NameKind::Road,
        NameKind::Village,
        NameKind::Township,
        NameKind::District,
        NameKind::Firm,
        NameKind::Line,
        NameKind::Building,
    ];
    let mut shared = Vec::new();
    let mut conflicts = Vec::new();
    for kind in kinds {
        let of = |prepared: &Prepared| -> Vec<Name> {
            prepared.names.iter().filter(|name| name.kind == kind).cloned().collect()
        };
        let (ours, theirs) = (of(a), of(b));
        let one_place = shared.iter().any(|(name, _other): &(Name, Name)| is_place(name.kind));
        let before = shared.len();
        for name in &ours {
            let partner = theirs.iter().find(|other| agree(name, other));
            shared.extend(partner.map(|other| (name.clone(), other.clone())));
        }
        if shared.len() == before {
            // A name may stand in the other text without its ending.
            shared.extend(ours.iter().filter(|name| mentioned(name, a, b)).map(|name| (name.clone(), name.clone())));
            shared.extend(theirs.iter().filter(|name| mentioned(name, b, a)).map(|name| (name.clone(), name.clone())));
        }
        if shared.len() > before {
            continue;
        }
        let about = |prepared: &Prepared, names: Vec<Name>| -> Vec<Name> {
            // Without a common place, a building is all that tells two places apart.
            let all = kind == NameKind::Building && !one_place;
            names.into_iter().filter(|name| all || prepared.matter_names.contains(name)).collect()
        };
        let (ours, theirs) = (about(a, ours), about(b, theirs));
        let misread = kind == NameKind::Firm
            && one_place
            && ours.iter().any(|name| theirs.iter().any(|other| may_be_misread(name, other)));
        if !ours.is_empty() && !theirs.is_empty() && !misread {
            let texts = |names: Vec<Name>| names.into_iter().map(|name| name.text).collect();
            conflicts.push((kind, texts(ours), texts(theirs)));
        }
    }
    (shared, conflicts)
}

/// The villages and communities of both, when both name some and none is the same: `西杨村` and `东关社区` are of one size, and a village
/// that became a community keeps its name.
fn settlements_conflict(a: &Prepared, b: &Prepared) -> Option<Conflict> {
    let of = |prepared: &Prepared| -> Vec<Name> {
        let is_settlement = |name: &&Name| name.kind == NameKind::Village || name.text.ends_with("社区");
        prepared.matter_names.iter().filter(is_settlement).cloned().collect()
    };
    let (ours, theirs) = (of(a), of(b));
    let one = |name: &Name, other: &Name| agree(&Name { kind: other.kind, ..name.clone() }, other);
    let stands = |names: &[Name], other: &Prepared| names.iter().any(|name| other.whole.contains(&name.core));
    let shared = ours.iter().any(|name| theirs.iter().any(|other| one(name, other)));
    if ours.is_empty() || theirs.is_empty() || shared || stands(&ours, b) || stands(&theirs, a) {
        return None;
    }
    let texts = |names: Vec<Name>| names.into_iter().map(|name| name.text).collect();
    Some((NameKind::Village, texts(ours), texts(theirs)))
}

/// Whether a name of this kind is what a petition may be about: an estate, a village or a firm.
const fn is_thing(kind: NameKind) -> bool {
    matches!(kind, NameKind::Estate | NameKind::Village | NameKind::Firm)
}

fn in_title(name: &Name, prepared: &Prepared) -> bool {
    prepared.title_names.iter().any(|titled| agree(titled, name))
}

/// Whether a name of this kind is a place small enough for one matter.
const fn is_place(kind: NameKind) -> bool {
    matches!(kind, NameKind::Estate | NameKind::Village)
}

/// Whether a name of `own` stands in the other petition without its ending. One of two characters must be rare: it may
/// stand there by chance.
fn mentioned(name: &Name, own: &Prepared, other: &Prepared) -> bool {
    let long = name.core.chars().count() >= 3 || own.name_rarity(name) >= RARE_NAME;
    let thing = matches!(name.kind, NameKind::Estate | NameKind::Village | NameKind::Firm | NameKind::Road);
    thing && long && other.whole.contains(&name.core)
}

fn titles_conflict(a: &Prepared, b: &Prepared, wanted: &dyn Fn(NameKind) -> bool) -> bool {
    let of = |prepared: &Prepared| -> BTreeSet<Name> {
        prepared.title_names.iter().filter(|name| wanted(name.kind)).cloned().collect()
    };
    let (ours, theirs) = (of(a), of(b));
    let found = |names: &BTreeSet<Name>, own: &Prepared, other: &Prepared| {
        names.iter().any(|name| mentioned(name, own, other) || other.names.iter().any(|second| agree(name, second)))
    };
    !ours.is_empty() && !theirs.is_empty() && !found(&ours, a, b) && !found(&theirs, b, a)
}

/// Phrases of at least three units that stand in both, weightiest first.
fn shared_phrases(a: &Prepared, b: &Prepared) -> Vec<(f64, String)> {
    let (one, other) = if a.whole <= b.whole { (a, b) } else { (b, a) };
    let mut found: BTreeMap<&str, f64> = BTreeMap::new();
    let mut run: Vec<&Standing> = Vec::new();
    for standing in one.line.iter().map(Option::as_ref).chain([None]) {
        if let Some(standing) = standing
            && other.grams.has(standing.key)
        {
            run.push(standing);
            continue;
        }
        if run.len() >= SHORTEST_PHRASE.saturating_sub(1) {
            let weight = run.iter().map(|standing| one.rare(standing.key)).sum();
            found.insert(one.written(&run), weight);
        }
        run.clear();
    }
    let mut phrases: Vec<(f64, String)> =
        found.into_iter().map(|(phrase, weight)| (weight, phrase.to_owned())).collect();
    phrases.sort_by(|first, second| second.0.total_cmp(&first.0).then_with(|| first.1.cmp(&second.1)));
    phrases
}

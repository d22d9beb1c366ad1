//! What a clause is about: the matter, or only the petitioner's home. A community in an address (`现住…社区`) or the flat
//! that somebody bought says where the petitioner is, not where the trouble is; it may agree, but it contradicts nothing.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::names::NameKind;

/// What a clause is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Clause {
    /// What happened, and where.
    Matter,
    /// Who the petitioner is or what they bought: the estate is the matter's, the building is theirs.
    Owner,
    /// Where the petitioner lives.
    Home,
}

/// Words of a clause that says where the petitioner lives.
const HOME: &[&str] = &[
    "现住",
    "家住",
    "租住",
    "暂住",
    "居住",
    "住在",
    "住址",
    "户籍",
    "籍贯",
    "户口所在",
    "通讯地址",
    "联系地址",
    "家庭地址",
    "通信地址",
];
/// Words of a clause that says who the petitioner is or what they bought.
const OWNER: &[&str] = &["我是", "我叫", "本人", "我家", "我们家", "业主", "住户", "购房", "买", "购"];
/// Labels after which an address of the petitioner stands.
const LABELS: &[&str] =
    &["住址", "户籍", "户籍地", "籍贯", "户口所在地", "通讯地址", "通信地址", "联系地址", "家庭地址", "现住"];

impl Clause {
    /// What `clause` is about; `labelled`: it stands behind a label of an address.
    pub(super) fn of(clause: &str, labelled: bool) -> Self {
        let begins = |character: char| clause.starts_with(character);
        if !labelled && !begins('住') && !begins('是') && !begins('系') && !speaks_of_a_person(clause) {
            return Self::Matter;
        }
        let any = |words: &[&str]| words.iter().any(|word| clause.contains(word));
        // `我叫某某,是留早镇北木庄村人`, `本人系…村民`.
        let native = (begins('是') || begins('系') || any(OWNER))
            && ["村人", "镇人", "乡人", "县人", "区人", "市人", "村民", "居民", "社区人"]
                .iter()
                .any(|end| clause.contains(end));
        if labelled || begins('住') || any(HOME) || native {
            Self::Home
        } else if any(OWNER) {
            Self::Owner
        } else {
            Self::Matter
        }
    }

    /// Whether a name of this kind in such a clause names what the petition is about.
    pub(super) const fn is_about(self, kind: NameKind) -> bool {
        match self {
            Self::Matter => true,
            Self::Owner => !matches!(kind, NameKind::Building),
            Self::Home => matches!(kind, NameKind::Firm | NameKind::Line),
        }
    }
}

/// The words of [`HOME`] and [`OWNER`] at once: most clauses have none of them.
static OF_A_PERSON: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| AhoCorasick::new(HOME.iter().chain(OWNER)).ok());

/// Whether one of these words stands in `clause`; without the finder it may.
fn speaks_of_a_person(clause: &str) -> bool {
    OF_A_PERSON.as_ref().is_none_or(|finder| finder.is_match(clause))
}

/// Whether `clause` is the label of an address of the petitioner.
pub(super) fn is_label(clause: &str) -> bool {
    LABELS.iter().any(|label| clause.ends_with(label))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_no_place_of_the_matter() {
        assert_eq!(Clause::of("现住河西街道柳荫社区", false), Clause::Home);
        assert_eq!(Clause::of("柳河镇槐树村", true), Clause::Home);
        assert_eq!(Clause::of("我是云栖雅苑7号楼的业主", false), Clause::Owner);
        assert_eq!(Clause::of("3号楼电梯停运", false), Clause::Matter);
        assert!(is_label("家庭住址") && !is_label("地点"));
        assert!(Clause::Owner.is_about(NameKind::Estate) && !Clause::Owner.is_about(NameKind::Building));
    }
}

//! Long lists in pages: which one, and the links to the others.

use store::Paging;

use crate::web::form::Fields;
use crate::web::problem::percent;

/// Rows of one page.
pub const ROWS: u32 = 50;
/// The last page that is given: lists are narrowed by filters, not read to their end.
const LAST_PAGE: u32 = 10_000;

/// Where in a list a page stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pager {
    /// From 1.
    pub page: u32,
    /// The number of pages, at least 1.
    pub pages: u64,
    /// Rows of the whole list.
    pub total: u64,
    /// The page before.
    pub before: Option<String>,
    /// The page after.
    pub after: Option<String>,
}

/// The number of the page that the query asks for, from 1; anything unreadable is the first.
#[must_use]
pub fn page(query: &Fields) -> u32 {
    query.text("page").parse().unwrap_or(1).clamp(1, LAST_PAGE)
}

/// The rows of that page.
#[must_use]
pub fn paging(page: u32) -> Paging {
    Paging::new(page.saturating_sub(1).saturating_mul(ROWS), ROWS)
}

impl Pager {
    /// The place of `page` in a list of `total` rows at `path`; the links keep the query's fields named in `kept`.
    #[must_use]
    pub fn of(page: u32, total: u64, path: &str, query: &Fields, kept: &[&str]) -> Self {
        let pages = total.div_ceil(u64::from(ROWS)).max(1);
        let link = |page: u32| {
            let fields =
                kept.iter().filter_map(|name| query.given(name).map(|value| format!("{name}={}&", percent(value))));
            format!("{path}?{}page={page}", fields.collect::<String>())
        };
        Self {
            page,
            pages,
            total,
            before: (page > 1).then(|| link(page - 1)),
            after: (u64::from(page) < pages).then(|| link(page + 1)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_keep_the_filters_and_nothing_else() {
        let query: Fields = [("words", "水 电"), ("done", "sent")]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into_iter()
            .collect();
        let pager = Pager::of(2, 101, "/desk", &query, &["words", "class"]);
        assert_eq!(pager.pages, 3);
        assert_eq!(pager.before.as_deref(), Some("/desk?words=%E6%B0%B4%20%E7%94%B5&page=1"));
        assert_eq!(pager.after.as_deref(), Some("/desk?words=%E6%B0%B4%20%E7%94%B5&page=3"));
    }

    #[test]
    fn an_empty_list_has_one_page() {
        let pager = Pager::of(1, 0, "/desk", &Fields::default(), &[]);
        assert_eq!((pager.pages, pager.before, pager.after), (1, None, None));
    }
}

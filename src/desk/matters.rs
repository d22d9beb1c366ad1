//! 热点事项: what is asked for most, by matter, place and week. Matters only: nobody's name, number or count of petitions, nothing
//! sealed whoever looks, and nothing of which there are fewer than [`LEAST`] cases.

use case::problem::{Problem, ProblemCode};
use case::secrecy::Secrecy;
use case::staff::Permission;
use jiff::ToSpan;
use jiff::civil::Date;
use store::matters::{MatterCount, MatterFilter};

use crate::desk::group::{SeenGroup, seen_group};
use crate::desk::sought::midnight;
use crate::desk::viewer::Viewer;
use crate::gateway::Gateway;
use crate::intake::receive::failed;

/// The fewest cases that are shown as a matter: one or two could be told apart by who knows the place.
pub const LEAST: u32 = 3;
/// The longest period, in weeks.
pub const MOST_WEEKS: u32 = 26;
/// Rows of each of the two lists.
const ROWS: usize = 100;

/// The board.
#[derive(Debug, Clone, PartialEq)]
pub struct Board {
    /// The Monday on which each week begins, the first week first.
    pub weeks: Vec<Date>,
    /// Groups with a case in the period, the most asked for in the last week first.
    pub groups: Vec<HotGroup>,
    /// Classes by township, in the same order.
    pub matters: Vec<MatterCount>,
}

/// A group on the board.
#[derive(Debug, Clone, PartialEq)]
pub struct HotGroup {
    /// The group, without the sealed.
    pub group: SeenGroup,
    /// The cases opened in each week, the first week first.
    pub weeks: Vec<u32>,
}

impl Gateway {
    /// The board of the `weeks` that end with the present one.
    ///
    /// # Errors
    /// No right, an impossible number of weeks, or the store failed.
    pub async fn hot_matters(&self, viewer: &Viewer, weeks: u32) -> Result<Board, Problem> {
        viewer.require(Permission::ReadCases)?;
        if weeks == 0 || weeks > MOST_WEEKS {
            return Err(ProblemCode::InvalidField.because(format!("周数应为1至{MOST_WEEKS}")));
        }
        let out_of_range = || ProblemCode::InvalidField.because("日期超出范围");
        let today = case::ports::office_date(self.clock.now());
        let monday = today
            .checked_sub(i64::from(today.weekday().to_monday_zero_offset()).days())
            .map_err(|_out_of_range| out_of_range())?;
        let first =
            monday.checked_sub(i64::from(weeks.saturating_sub(1)).weeks()).map_err(|_out_of_range| out_of_range())?;
        let filter = MatterFilter { from: midnight(first).ok_or_else(out_of_range)?, weeks, least: LEAST };
        let mut lookups = self.store.snapshot().await.map_err(|error| failed(&error))?;
        let mut matters = lookups.matter_counts(&filter).await.map_err(|error| failed(&error))?;
        let mut counts = lookups.group_counts(&filter).await.map_err(|error| failed(&error))?;
        matters.sort_by_key(|matter| std::cmp::Reverse(heat(&matter.weeks)));
        counts.sort_by_key(|count| std::cmp::Reverse(heat(&count.weeks)));
        matters.truncate(ROWS);
        let mut groups = Vec::new();
        for count in counts.into_iter().take(ROWS) {
            let group = lookups.group(count.group).await.map_err(|error| failed(&error))?;
            let Some(group) = group else { continue };
            // Counted without the sealed, shown without the sealed, also to whoever may see them.
            let open = [Secrecy::Ordinary, Secrecy::Confidential];
            let seen = seen_group(&mut *lookups, &open, group, 1).await?;
            groups.extend(seen.map(|group| HotGroup { group, weeks: count.weeks }));
        }
        let weeks = (0..i64::from(weeks)).filter_map(|week| first.checked_add(week.weeks()).ok()).collect();
        Ok(Board { weeks, groups, matters })
    }
}

/// What stands first: the last week, then all of them.
fn heat(weeks: &[u32]) -> (u32, u32) {
    (weeks.last().copied().unwrap_or_default(), weeks.iter().copied().fold(0, u32::saturating_add))
}

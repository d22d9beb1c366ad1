//! Groups as a person may see them: a case that may not be seen is neither listed nor counted, the title is that of the first case
//! that may, and a group of which fewer than two cases are left is not there.

use case::actor::Actor;
use case::group::Group;
use case::id::{CaseId, GroupId};
use case::matter::Case;
use case::problem::{Problem, ProblemCode};
use case::secrecy::Secrecy;
use case::staff::Permission;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use store::groups::GroupFilter;
use store::{Lookups, Page, Paging};

use crate::desk::sought::midnight;
use crate::desk::view::people_of_each;
use crate::desk::viewer::Viewer;
use crate::gateway::Gateway;
use crate::intake::receive::failed;

/// The fewest cases that are a group.
const LEAST: usize = 2;
/// Cases of a group that are listed where the group is not the subject.
const LISTED: usize = 20;

/// A group.
#[derive(Debug, Clone, PartialEq)]
pub struct SeenGroup {
    /// Its identifier.
    pub id: GroupId,
    /// What it is about: the title of its first case, masked.
    pub title: String,
    /// When it was formed.
    pub formed_at: Timestamp,
    /// Whose decision formed it.
    pub formed_by: Actor,
    /// How many of its cases the viewer may see.
    pub size: usize,
    /// The first of these, titles masked; all of them on the page of the group.
    pub cases: Vec<Case>,
}

impl Gateway {
    /// A group with all its cases that the viewer may see.
    ///
    /// # Errors
    /// No right, or no such group for this viewer.
    pub async fn group_view(&self, viewer: &Viewer, id: GroupId) -> Result<SeenGroup, Problem> {
        viewer.require(Permission::ReadCases)?;
        let mut lookups = self.store.snapshot().await.map_err(|error| failed(&error))?;
        let group = lookups.group(id).await.map_err(|error| failed(&error))?;
        let group = group.ok_or_else(|| Problem::from(ProblemCode::NotFound))?;
        let seen = seen_group(&mut *lookups, viewer.secrecies(), group, usize::MAX).await?;
        seen.ok_or_else(|| ProblemCode::NotFound.into())
    }

    /// The groups formed on the days from `first` to `last`, newest first, with their first cases. Reads what stands: the list of a day
    /// is the same whenever it is asked for, but for what was decided or sealed since.
    ///
    /// # Errors
    /// No right, days out of range, or the store failed.
    pub async fn groups_formed(
        &self,
        viewer: &Viewer,
        first: Date,
        last: Date,
        paging: Paging,
    ) -> Result<Page<SeenGroup>, Problem> {
        viewer.require(Permission::ReadCases)?;
        let out_of_range = || ProblemCode::InvalidField.because("日期超出范围");
        let after = last.checked_add(1.day()).map_err(|_end_of_time| out_of_range())?;
        let filter = GroupFilter {
            secrecy: viewer.secrecies().to_vec(),
            least: u32::try_from(LEAST).unwrap_or(u32::MAX),
            from: midnight(first).ok_or_else(out_of_range)?,
            until: midnight(after).ok_or_else(out_of_range)?,
        };
        let mut lookups = self.store.snapshot().await.map_err(|error| failed(&error))?;
        let found = lookups.groups_formed(&filter, paging).await.map_err(|error| failed(&error))?;
        let mut rows = Vec::with_capacity(found.rows.len());
        for group in found.rows {
            rows.extend(seen_group(&mut *lookups, viewer.secrecies(), group, LISTED).await?);
        }
        Ok(Page { rows, total: found.total })
    }
}

/// The groups of a case that the viewer may see, with their first cases.
pub(crate) async fn groups_of(
    lookups: &mut dyn Lookups,
    viewer: &Viewer,
    case: CaseId,
) -> Result<Vec<SeenGroup>, Problem> {
    let mut groups = Vec::new();
    for group in lookups.groups_of_case(case).await.map_err(|error| failed(&error))? {
        groups.extend(seen_group(lookups, viewer.secrecies(), group, LISTED).await?);
    }
    Ok(groups)
}

/// The group without the cases of other secrecy, with the first `listed` of its cases.
pub(crate) async fn seen_group(
    lookups: &mut dyn Lookups,
    secrecies: &[Secrecy],
    group: Group,
    listed: usize,
) -> Result<Option<SeenGroup>, Problem> {
    let mut cases = Vec::new();
    for id in &group.cases {
        let case = lookups.case(*id).await.map_err(|error| failed(&error))?;
        cases.extend(case.filter(|case| secrecies.contains(&case.secrecy)));
    }
    let size = cases.len();
    if size < LEAST {
        return Ok(None);
    }
    cases.truncate(listed);
    let people = people_of_each(lookups, &cases.iter().collect::<Vec<_>>()).await?;
    for (case, people) in cases.iter_mut().zip(people) {
        case.title = people.hide(&case.title);
    }
    let title = cases.first().map(|case| case.title.clone()).unwrap_or_default();
    Ok(Some(SeenGroup { id: group.id, title, formed_at: group.formed_at, formed_by: group.formed_by, size, cases }))
}

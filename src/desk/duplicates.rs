//! What a case may be in relation to others, judged anew: findings are what was judged when its submissions came.

use case::number::RegistrationNumber;
use case::problem::{Problem, ProblemCode};
use case::secrecy::Secrecy;
use case::staff::Permission;
use search::engine::Reach;

use crate::desk::decide::told;
use crate::desk::viewer::Viewer;
use crate::gateway::Gateway;
use crate::intake::receive::failed;
use crate::judging::index::petition;
use crate::judging::similar::Similar;

impl Gateway {
    /// Submissions of other cases that may be about the same matter as the case's first one, most likely first, each with the
    /// number of its case.
    ///
    /// # Errors
    /// No right, no such case, or the engine failed.
    pub async fn duplicates(
        &self,
        viewer: &Viewer,
        number: &RegistrationNumber,
    ) -> Result<Vec<(Similar, RegistrationNumber)>, Problem> {
        viewer.require(Permission::ReadCases)?;
        let gone = || Problem::from(ProblemCode::NotFound);
        let mut lookups = self.store.read().await.map_err(|error| failed(&error))?;
        let case = lookups.case_by_number(number).await.map_err(|error| failed(&error))?.ok_or_else(gone)?;
        viewer.require_sight(case.secrecy)?;
        let submissions = lookups.submissions_of_case(case.id).await.map_err(|error| failed(&error))?;
        drop(lookups);
        // A case that was joined elsewhere has no submission of its own any more.
        let Some(first) = submissions.first() else { return Ok(Vec::new()) };
        let reach = match case.secrecy {
            Secrecy::Ordinary | Secrecy::Confidential => Reach::Ordinary,
            Secrecy::Sealed => Reach::Sealed,
        };
        let similar = self.similar(&petition(first, &self.secret), reach, None, Some(first.id)).await.map_err(told)?;
        let mut lookups = self.store.snapshot().await.map_err(|error| failed(&error))?;
        let mut found = Vec::new();
        for similar in similar.into_iter().filter(|similar| similar.submission.case != case.id) {
            let other = lookups.case(similar.submission.case).await.map_err(|error| failed(&error))?;
            found.extend(
                other.filter(|other| viewer.secrecies().contains(&other.secrecy)).map(|other| (similar, other.number)),
            );
        }
        Ok(found)
    }
}

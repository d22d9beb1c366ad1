//! What the person may do on a page: a button that would be refused is not shown.

use case::staff::Permission;

use crate::desk::viewer::Viewer;

/// Rights that change what a page offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rights {
    /// See personal data as it is.
    pub unmask: bool,
    /// Open originals and mails.
    pub open_files: bool,
    /// Check letters against their pages.
    pub verify: bool,
    /// Decide and send.
    pub decide: bool,
    /// Unseal.
    pub sealed: bool,
    /// Revive jobs.
    pub quarantine: bool,
}

impl Rights {
    /// Those of the viewer.
    #[must_use]
    pub fn of(viewer: &Viewer) -> Self {
        Self {
            unmask: viewer.may(Permission::Unmask),
            open_files: viewer.may(Permission::OpenFiles),
            verify: viewer.may(Permission::Verify),
            decide: viewer.may(Permission::Decide),
            sealed: viewer.may(Permission::Sealed),
            quarantine: viewer.may(Permission::Quarantine),
        }
    }
}

//! Where readings are kept page by page, so that a reading that was cut short goes on at its next page, and a page that its child
//! was lost on is not tried for ever.
//!
//! The door does not know how pages are kept; the gateway does.

use async_trait::async_trait;
use case::problem::Problem;

use super::record::PageRecord;

/// How often a page's child may be lost on it before the page is set aside.
pub const MOST_LOSSES: u32 = 2;

/// What is known of a page.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptPage {
    /// What was read, with the page's image as JPEG; of a page that was set aside, at best its image.
    pub read: Option<(PageRecord, Vec<u8>)>,
    /// Why the page was set aside.
    pub problem: Option<Problem>,
}

/// Keeps pages.
#[async_trait]
pub trait PageLedger: Send + Sync {
    /// What was kept of a page, from 1; none when it is still to be read.
    ///
    /// # Errors
    /// It cannot be told now.
    async fn kept(&self, page: u16) -> Result<Option<KeptPage>, Problem>;

    /// Keeps a page; durable when it returns.
    ///
    /// # Errors
    /// It could not be made durable.
    async fn keep(&self, page: u16, kept: &KeptPage) -> Result<(), Problem>;

    /// Notes that the page's child was lost on it; gives how often by now. Durable when it returns.
    ///
    /// # Errors
    /// It could not be made durable.
    async fn lost(&self, page: u16, problem: &Problem) -> Result<u32, Problem>;
}

/// Keeps nothing: for scans that are read in one go, such as those attached to mails.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoLedger;

#[async_trait]
impl PageLedger for NoLedger {
    async fn kept(&self, _page: u16) -> Result<Option<KeptPage>, Problem> {
        Ok(None)
    }

    async fn keep(&self, _page: u16, _kept: &KeptPage) -> Result<(), Problem> {
        Ok(())
    }

    async fn lost(&self, _page: u16, _problem: &Problem) -> Result<u32, Problem> {
        Ok(0)
    }
}

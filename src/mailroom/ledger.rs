//! Page readings in the store: records and images by content hash, and a row for each page.

use std::sync::Arc;

use async_trait::async_trait;
use case::content_hash::ContentHash;
use case::id::ArrivalId;
use case::problem::{Problem, ProblemCode};
use case::submission::{FileRole, Submission};
use channels::letter::LetterRecord;
use channels::letter::ledger::{KeptPage, PageLedger};
use channels::letter::record::PageRecord;
use store::readings::PageReading;

use crate::gateway::Gateway;
use crate::intake::receive::failed;

/// The pages of one arrival.
pub(crate) struct StoredPages {
    gateway: Gateway,
    arrival: ArrivalId,
}

impl StoredPages {
    /// The ledger of an arrival.
    pub(crate) fn of(gateway: &Gateway, arrival: ArrivalId) -> Arc<dyn PageLedger> {
        Arc::new(Self { gateway: gateway.clone(), arrival })
    }

    async fn reading(&self, page: u16) -> Result<Option<PageReading>, Problem> {
        let mut lookups = self.gateway.store.read().await.map_err(|error| failed(&error))?;
        let readings = lookups.page_readings(self.arrival).await.map_err(|error| failed(&error))?;
        Ok(readings.into_iter().find(|reading| reading.page == page))
    }

    async fn put(&self, reading: &PageReading) -> Result<(), Problem> {
        let mut unit = self.gateway.store.begin().await.map_err(|error| failed(&error))?;
        unit.put_page_reading(reading).await.map_err(|error| failed(&error))?;
        unit.commit().await.map_err(|error| failed(&error))
    }
}

#[async_trait]
impl PageLedger for StoredPages {
    async fn kept(&self, page: u16) -> Result<Option<KeptPage>, Problem> {
        let Some(reading) = self.reading(page).await? else { return Ok(None) };
        let (Some(record), Some(image)) = (reading.record, reading.image) else {
            let problem = reading.problem.filter(|_| reading.record.is_some() || set_aside(reading.losses));
            return Ok(problem.map(|problem| KeptPage { read: None, problem: Some(problem) }));
        };
        let files = &self.gateway.files;
        let record = files.get(record).await.map_err(|error| failed(&error))?;
        let image = files.get(image).await.map_err(|error| failed(&error))?;
        let record = record.and_then(|json| serde_json::from_slice::<PageRecord>(&json).ok());
        // Of another version or gone: the page is read again.
        Ok(record.zip(image).map(|read| KeptPage { read: Some(read), problem: reading.problem }))
    }

    async fn keep(&self, page: u16, kept: &KeptPage) -> Result<(), Problem> {
        let losses = self.reading(page).await?.map_or(0, |reading| reading.losses);
        let (mut record, mut image) = (None, None);
        if let Some((read, bytes)) = &kept.read {
            let json = serde_json::to_vec(read).map_err(|_bug| ProblemCode::Internal.because("页面记录无法保存"))?;
            record = Some(self.gateway.files.put(&json).await.map_err(|error| failed(&error))?);
            image = Some(self.gateway.files.put(bytes).await.map_err(|error| failed(&error))?);
        }
        let losses = if kept.read.is_none() { losses.max(channels::letter::ledger::MOST_LOSSES) } else { losses };
        let reading = PageReading { arrival: self.arrival, page, record, image, losses, problem: kept.problem.clone() };
        self.put(&reading).await?;
        self.gateway.step("page.after_keep");
        Ok(())
    }

    async fn lost(&self, page: u16, problem: &Problem) -> Result<u32, Problem> {
        let losses = self.reading(page).await?.map_or(0, |reading| reading.losses).saturating_add(1);
        let problem = Some(problem.clone());
        let reading = PageReading { arrival: self.arrival, page, record: None, image: None, losses, problem };
        self.put(&reading).await?;
        self.gateway.step("page.after_loss");
        Ok(losses)
    }
}

/// The pages of a registered letter of which some are read again: what was read stands, whatever became of the page-by-page ledger.
pub(crate) struct StandingPages {
    gateway: Gateway,
    again: Arc<dyn PageLedger>,
    record: LetterRecord,
    images: Vec<ContentHash>,
    missing: Vec<u16>,
}

impl StandingPages {
    /// The ledger of a letter whose pages `missing` are to be read.
    pub(crate) fn of(gateway: &Gateway, letter: &Submission, record: &LetterRecord, missing: &[u16]) -> Self {
        let images = letter.files.iter().filter(|file| file.role == FileRole::Page).map(|file| file.hash);
        Self {
            gateway: gateway.clone(),
            again: StoredPages::of(gateway, letter.arrival),
            record: record.clone(),
            images: images.collect(),
            missing: missing.to_vec(),
        }
    }
}

#[async_trait]
impl PageLedger for StandingPages {
    async fn kept(&self, page: u16) -> Result<Option<KeptPage>, Problem> {
        let standing = self.record.pages.iter().zip(&self.images).find(|(read, _)| read.page == page);
        let Some((read, image)) = standing.filter(|_| !self.missing.contains(&page)) else {
            return self.again.kept(page).await;
        };
        let image = self.gateway.files.get(*image).await.map_err(|error| failed(&error))?;
        let image = image.ok_or_else(|| ProblemCode::IntegrityBroken.because("页面图像不在存储中"))?;
        Ok(Some(KeptPage { read: Some((read.record.clone(), image)), problem: None }))
    }

    async fn keep(&self, page: u16, kept: &KeptPage) -> Result<(), Problem> {
        self.again.keep(page, kept).await
    }

    async fn lost(&self, page: u16, problem: &Problem) -> Result<u32, Problem> {
        self.again.lost(page, problem).await
    }
}

const fn set_aside(losses: u32) -> bool {
    losses >= channels::letter::ledger::MOST_LOSSES
}

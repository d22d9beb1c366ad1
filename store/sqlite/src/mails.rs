//! Where mails stood.

use async_trait::async_trait;
use case::id::ArrivalId;
use store::StoreError;
use store::mails::{MailChanges, MailLookups, MailPlace, MailUid};
use uuid::Uuid;

use crate::access::Access;
use crate::cell::Row;

#[async_trait]
impl MailLookups for Access {
    async fn arrival_at(&mut self, mailbox: &str, uid: MailUid) -> Result<Option<ArrivalId>, StoreError> {
        let row = sqlx::query_scalar!(
            r#"SELECT arrival_id AS "arrival_id: Uuid" FROM mail_places WHERE mailbox = $1 AND validity = $2 AND uid = $3"#,
            mailbox,
            uid.validity,
            uid.uid
        )
        .fetch_optional(self.database()?)
        .await;
        Ok(self.settle(row, "mail place")?.map(ArrivalId::from_uuid))
    }

    async fn mail_places(&mut self, arrival: ArrivalId) -> Result<Vec<MailPlace>, StoreError> {
        let id = arrival.as_uuid();
        let rows = sqlx::query!(
            "SELECT mailbox, validity, uid, noted_at FROM mail_places WHERE arrival_id = $1 ORDER BY place",
            id
        )
        .fetch_all(self.database()?)
        .await;
        let read = Row::of("mail_places", id);
        let rows = self.settle(rows, "mail place")?.into_iter().map(|row| {
            let number = |column, value: i64| u32::try_from(value).map_err(|fault| read.inconsistent(column, fault));
            let uid = match (row.validity, row.uid) {
                (Some(validity), Some(uid)) => {
                    Some(MailUid { validity: number("validity", validity)?, uid: number("uid", uid)? })
                }
                (None, None) | (Some(_), None) | (None, Some(_)) => None,
            };
            Ok(MailPlace { mailbox: row.mailbox, uid, noted_at: read.time("noted_at", row.noted_at)? })
        });
        rows.collect()
    }
}

#[async_trait]
impl MailChanges for Access {
    async fn note_mail_place(&mut self, arrival: ArrivalId, place: &MailPlace) -> Result<bool, StoreError> {
        let id = arrival.as_uuid();
        let (validity, uid) = (place.uid.map(|uid| uid.validity), place.uid.map(|uid| uid.uid));
        let noted_at = place.noted_at.as_microsecond();
        let result = sqlx::query!(
            "INSERT INTO mail_places (arrival_id, mailbox, validity, uid, noted_at) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT DO NOTHING",
            id,
            place.mailbox,
            validity,
            uid,
            noted_at
        )
        .execute(self.database()?)
        .await;
        Ok(self.settle(result, "mail place")?.rows_affected() == 1)
    }
}

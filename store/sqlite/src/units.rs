//! The list of units.

use async_trait::async_trait;
use case::unit::{Unit, UnitCode};
use store::StoreError;
use store::units::{UnitChanges, UnitLookups};

use crate::access::Access;
use crate::cell::{self, Row};

struct UnitRow {
    code: String,
    unit: String,
}

impl TryFrom<UnitRow> for Unit {
    type Error = StoreError;

    fn try_from(row: UnitRow) -> Result<Self, StoreError> {
        Row::of("units", row.code).json("unit", &row.unit)
    }
}

#[async_trait]
impl UnitLookups for Access {
    async fn unit(&mut self, code: &UnitCode) -> Result<Option<Unit>, StoreError> {
        let code = code.as_str();
        let row = sqlx::query_as!(UnitRow, "SELECT code, unit FROM units WHERE code = $1", code)
            .fetch_optional(self.database()?)
            .await;
        self.settle(row, "unit")?.map(Unit::try_from).transpose()
    }

    async fn units(&mut self) -> Result<Vec<Unit>, StoreError> {
        let rows =
            sqlx::query_as!(UnitRow, "SELECT code, unit FROM units ORDER BY code").fetch_all(self.database()?).await;
        self.settle(rows, "unit")?.into_iter().map(Unit::try_from).collect()
    }
}

#[async_trait]
impl UnitChanges for Access {
    async fn put_unit(&mut self, unit: &Unit) -> Result<(), StoreError> {
        let code = unit.code.as_str();
        let json = cell::to_json(unit)?;
        let result = sqlx::query!(
            "INSERT INTO units (code, unit) VALUES ($1, $2) ON CONFLICT (code) DO UPDATE SET unit = excluded.unit",
            code,
            json
        )
        .execute(self.database()?)
        .await;
        self.settle_one(result, "unit")
    }
}

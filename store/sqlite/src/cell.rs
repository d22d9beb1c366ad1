//! Between columns and domain values. A stored value that does not parse is reported with its table, column and row.

use std::fmt::Display;
use std::str::FromStr;

use case::content_hash::ContentHash;
use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use store::StoreError;
use uuid::Uuid;

/// The row that is being read.
pub(crate) struct Row {
    table: &'static str,
    key: String,
}

impl Row {
    pub(crate) fn of(table: &'static str, key: impl Display) -> Self {
        Self { table, key: key.to_string() }
    }

    pub(crate) fn inconsistent(&self, column: &'static str, cause: impl Display) -> StoreError {
        StoreError::Inconsistent { table: self.table, column, row: self.key.clone(), cause: cause.to_string() }
    }

    /// JSON. The cause names the place of the fault and the kind of value, never the value: it may be personal data.
    pub(crate) fn json<T: DeserializeOwned>(&self, column: &'static str, text: &str) -> Result<T, StoreError> {
        serde_json::from_str(text).map_err(|fault| {
            let place = format!("no such value, at line {}, character {}", fault.line(), fault.column());
            self.inconsistent(column, place)
        })
    }

    /// JSON that may be missing.
    pub(crate) fn json_or_none<T: DeserializeOwned>(
        &self,
        column: &'static str,
        text: Option<&str>,
    ) -> Result<Option<T>, StoreError> {
        text.map(|text| self.json(column, text)).transpose()
    }

    /// A name or number in its written form.
    pub(crate) fn parse<T: FromStr<Err: Display>>(&self, column: &'static str, text: &str) -> Result<T, StoreError> {
        text.parse().map_err(|fault| self.inconsistent(column, fault))
    }

    /// Microseconds since 1970.
    pub(crate) fn time(&self, column: &'static str, microseconds: i64) -> Result<Timestamp, StoreError> {
        Timestamp::from_microsecond(microseconds).map_err(|fault| self.inconsistent(column, fault))
    }

    /// A count.
    pub(crate) fn count<T: TryFrom<i64, Error: Display>>(
        &self,
        column: &'static str,
        value: i64,
    ) -> Result<T, StoreError> {
        T::try_from(value).map_err(|fault| self.inconsistent(column, fault))
    }

    /// 32 bytes.
    pub(crate) fn bytes(&self, column: &'static str, value: &[u8]) -> Result<[u8; 32], StoreError> {
        <[u8; 32]>::try_from(value).map_err(|fault| self.inconsistent(column, fault))
    }

    /// A content hash.
    pub(crate) fn hash(&self, column: &'static str, value: &[u8]) -> Result<ContentHash, StoreError> {
        self.bytes(column, value).map(ContentHash::from_bytes)
    }

    /// A list of UUIDs, written by SQLite as a JSON list of hexadecimal digits.
    pub(crate) fn uuids(&self, column: &'static str, list: &str) -> Result<Vec<Uuid>, StoreError> {
        self.json::<Vec<String>>(column, list)?.iter().map(|digits| self.parse(column, digits)).collect()
    }
}

/// JSON of a domain value.
pub(crate) fn to_json<T: Serialize + ?Sized>(value: &T) -> Result<String, StoreError> {
    // Domain values have string keys and finite numbers only, so this does not fail; if it did, nothing is written.
    serde_json::to_string(value).map_err(|fault| StoreError::Unavailable(Box::new(fault)))
}

/// JSON of a domain value that may be missing.
pub(crate) fn to_json_or_none<T: Serialize>(value: Option<&T>) -> Result<Option<String>, StoreError> {
    value.map(to_json).transpose()
}

/// A JSON list of names, for `column IN (SELECT value FROM json_each($1))`.
pub(crate) fn to_list<'names>(names: impl IntoIterator<Item = &'names str>) -> Result<String, StoreError> {
    to_json(&names.into_iter().collect::<Vec<_>>())
}

/// A count as SQLite keeps it.
pub(crate) fn to_count(value: u64) -> i64 {
    // 2^63 things are more than any office has; the comparison and the order stay right.
    i64::try_from(value).unwrap_or(i64::MAX)
}

/// A limit of rows as a number of things in memory.
pub(crate) fn limit(rows: u32) -> usize {
    usize::try_from(rows).unwrap_or(usize::MAX)
}

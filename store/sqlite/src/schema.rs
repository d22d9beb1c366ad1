//! The schema: brought up to date when the database is opened, and checked on request.

use sqlx::SqliteConnection;
use sqlx::migrate::{Migrate, MigrateError, Migrator};
use store::StoreError;

use crate::error::of_statement;

/// The files of `migrations/sqlite`, part of the program.
static MIGRATIONS: Migrator = sqlx::migrate!("../../migrations/sqlite");

/// SQLITE_NOTADB: the file is something else.
const NOT_A_DATABASE: &str = "26";

/// Applies the migrations that are missing.
pub(crate) async fn migrate(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    MIGRATIONS.run_direct(None, connection, false).await.map_err(of_migration)
}

/// Why a file could not be opened.
pub(crate) fn of_opening(failure: sqlx::Error) -> StoreError {
    let is_other =
        failure.as_database_error().and_then(|error| error.code()).is_some_and(|code| code == NOT_A_DATABASE);
    if is_other {
        StoreError::Schema("the file is not an SQLite database".to_owned())
    } else {
        of_statement(failure, "database")
    }
}

fn of_migration(failure: MigrateError) -> StoreError {
    match failure {
        MigrateError::Execute(failure) | MigrateError::ExecuteMigration(failure, _) => of_opening(failure),
        MigrateError::VersionMissing(version) => {
            StoreError::Schema(format!("it has migration {version}, which this version of the program does not know"))
        }
        MigrateError::VersionMismatch(version) => {
            StoreError::Schema(format!("its migration {version} is not the one of this version of the program"))
        }
        other => StoreError::Schema(other.to_string()),
    }
}

/// Whether every migration is applied and SQLite's own quick check and the references between tables are in order.
pub(crate) async fn check(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    let applied = connection.list_applied_migrations(&MIGRATIONS.table_name).await.map_err(of_migration)?;
    for needed in MIGRATIONS.iter() {
        match applied.iter().find(|migration| migration.version == needed.version) {
            Some(migration) if migration.checksum == needed.checksum => {}
            Some(_) => return Err(of_migration(MigrateError::VersionMismatch(needed.version))),
            None => return Err(StoreError::Schema(format!("migration {} is missing", needed.version))),
        }
    }
    if let Some(unknown) = applied.iter().find(|migration| !MIGRATIONS.version_exists(migration.version)) {
        return Err(of_migration(MigrateError::VersionMissing(unknown.version)));
    }
    // Both list what is wrong; the first line is enough to know that something is.
    let found: String = sqlx::query_scalar("PRAGMA quick_check(1)")
        .fetch_one(&mut *connection)
        .await
        .map_err(|failure| of_statement(failure, "database"))?;
    if found != "ok" {
        return Err(StoreError::Inconsistent {
            table: "database",
            column: "quick_check",
            row: "database".to_owned(),
            cause: found,
        });
    }
    let dangling: Option<(String, Option<i64>)> =
        sqlx::query_as(r#"SELECT "table", rowid FROM pragma_foreign_key_check LIMIT 1"#)
            .fetch_optional(connection)
            .await
            .map_err(|failure| of_statement(failure, "database"))?;
    match dangling {
        None => Ok(()),
        Some((table, row)) => Err(StoreError::Inconsistent {
            table: "database",
            column: "foreign_key_check",
            row: format!("row {} of {table}", row.unwrap_or_default()),
            cause: "refers to something that is not there".to_owned(),
        }),
    }
}

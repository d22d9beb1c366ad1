#!/bin/sh
# Checks every query against the migrations and writes what the compiler needs to know about each one to .sqlx, which is
# committed: building the gateway needs no database. Run it after changing a query or adding a migration.
# Needs the program sqlite3. `prepare-queries.sh --check` changes nothing and fails when .sqlx is out of date.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for migration in ../../migrations/sqlite/*.sql; do
    sqlite3 -bail "$work/office.db" < "$migration"
done
mkdir "$work/sqlx"
touch src/lib.rs # the macros must run again
SQLITE_DATABASE_URL="sqlite:$work/office.db" SQLX_OFFLINE_DIR="$work/sqlx" cargo check --quiet -p store-sqlite
touch src/lib.rs # and once more without the database's address, at the next build
if [ "${1:-}" = --check ]; then
    diff -r "$work/sqlx" .sqlx
else
    rm -rf .sqlx
    mv "$work/sqlx" .sqlx
fi

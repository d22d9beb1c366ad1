#!/bin/sh
# Checks every query against the migrations and writes what the compiler needs to know about each one to .sqlx, which is
# committed: building the gateway needs no database. Run it after changing a query or adding a migration.
# Needs the program sqlite3. `prepare-queries.sh --check` changes nothing and fails when .sqlx is out of date; words behind it are the
# command that compiles, so that what has to be compiled anyway is compiled once.
set -eu
check=
if [ "${1:-}" = --check ]; then
    check=yes
    shift
fi
[ $# -gt 0 ] || set -- cargo check --quiet -p store-sqlite
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for migration in ../../migrations/sqlite/*.sql; do
    sqlite3 -bail "$work/office.db" < "$migration"
done
mkdir "$work/sqlx"
touch src/lib.rs # the macros must run again
SQLITE_DATABASE_URL="sqlite:$work/office.db" SQLX_OFFLINE_DIR="$work/sqlx" "$@"
touch src/lib.rs # and once more without the database's address, at the next build
if [ -n "$check" ]; then
    diff -r "$work/sqlx" .sqlx
else
    rm -rf .sqlx
    mv "$work/sqlx" .sqlx
fi

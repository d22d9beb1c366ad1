# `make demo` and `make test` are all that a newcomer needs on a fresh Debian 12 with Rust; both install what is missing.

DATA ?= target/demo-data
LISTEN ?= 127.0.0.1:8080
MESSAGES ?=

.PHONY: demo test check advisories bench sqlx

# A sample office: petitions through all four doors, then the site.
demo:
	./scripts/install-packages.sh run
	./scripts/install-ocr-models.sh
	cargo build --quiet --bin xinqiao || cargo build --bin xinqiao
	rm -rf "$(DATA)"
	cargo run --quiet -- --data "$(DATA)" demo --listen "$(LISTEN)"

# Every test: units, properties, adapters, the program over real HTTP, pages in Chromium, crashes.
test:
	./scripts/install-packages.sh test
	./scripts/install-axe.sh
	./scripts/install-ocr-models.sh
	cargo test --workspace --no-fail-fast

# What must be clean before a commit.
check:
	./scripts/install-packages.sh check
	cargo fmt --all -- --check
	./store/sqlite/prepare-queries.sh --check cargo clippy --workspace --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --document-private-items --quiet
	@if command -v cargo-deny >/dev/null; then cargo deny check bans licenses sources; else echo "cargo-deny is not installed: skipped"; fi
	@if command -v cargo-machete >/dev/null; then cargo machete; else echo "cargo-machete is not installed: skipped"; fi

# Known faults of dependencies; fetches the list of RustSec from GitHub, so it is no part of what must work without a network.
advisories:
	cargo deny check advisories

# Speed and memory, optimised build; MESSAGES=FILE measures on real messages instead of invented ones.
bench:
	./scripts/install-packages.sh bench
	./scripts/install-ocr-models.sh
	MESSAGES="$(MESSAGES)" cargo bench --bench gateway

# Rewrites the checked queries of the SQLite adapter after a change of SQL or migrations.
sqlx:
	./store/sqlite/prepare-queries.sh

#!/usr/bin/env bash
# Fetches axe-core from npm into target/axe, once, and checks its hash: the browser tests run it on every page.
set -euo pipefail

version=4.14.1
sha256=29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c
folder="${CARGO_TARGET_DIR:-target}/axe"
file="$folder/axe.min.js"
fits() { echo "$sha256  $file" | sha256sum --check --status 2>/dev/null; }
fits && exit 0

echo "Fetching axe-core $version with npm" >&2
mkdir -p "$folder"
(cd "$folder" && npm pack --silent "axe-core@$version" >/dev/null && tar -xzf "axe-core-$version.tgz" --strip-components=1 package/axe.min.js)
rm -f "$folder/axe-core-$version.tgz"
fits || { echo "axe-core $version from npm has another hash than expected: $file" >&2; exit 1; }

#!/usr/bin/env bash
# Fetches axe-core from npm into target/axe, once, and checks its hash: the browser tests run it on every page.
set -euo pipefail

version=4.14.1
folder="${CARGO_TARGET_DIR:-target}/axe"
file="$folder/axe.min.js"
[ -s "$file" ] && exit 0

echo "Fetching axe-core $version with npm" >&2
mkdir -p "$folder"
(cd "$folder" && npm pack --silent "axe-core@$version" >/dev/null && tar -xzf "axe-core-$version.tgz" --strip-components=1 package/axe.min.js)
rm -f "$folder/axe-core-$version.tgz"
[ -s "$file" ]

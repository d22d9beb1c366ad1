#!/usr/bin/env bash
# Installs the networks of PP-OCRv6 small (by Baidu, Apache-2.0) that read letters: taken out of the package rapidocr of
# PyPI and checked. `install-ocr-models.sh [FOLDER]`; without one, into target/ocr-models, where a program built here
# looks. An office gives DATA/models.
set -euo pipefail

version=3.10.0
folder="${1:-${CARGO_TARGET_DIR:-target}/ocr-models}"
fits() {
  (cd "$folder" 2>/dev/null && sha256sum --check --status 2>/dev/null <<'SUMS'
090f04abcd9d9a7498bc4ebf677e4cb9bdce1fe4197ddb7e529f1ef44e1ff94f  PP-OCRv6_det_small.onnx
6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884  PP-OCRv6_rec_small.onnx
SUMS
  )
}
fits && exit 0

echo "Fetching the networks of PP-OCR (rapidocr $version, 27 MB) with pip" >&2
mkdir -p "$folder"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary :all: --dest "$scratch" "rapidocr==$version"
python3 - "$scratch" "$folder" <<'PYTHON'
import pathlib, sys, zipfile
scratch, folder = map(pathlib.Path, sys.argv[1:])
wheel = zipfile.ZipFile(next(scratch.glob("*.whl")))
wanted = ("PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx", "MODEL_LICENSES.md")
for name in wheel.namelist():
    if pathlib.PurePosixPath(name).name in wanted:
        (folder / pathlib.PurePosixPath(name).name).write_bytes(wheel.read(name))
PYTHON
fits || { echo "the networks of rapidocr $version have other hashes than expected; they are removed from $folder" >&2; rm -f "$folder"/PP-OCRv6_*.onnx; exit 1; }

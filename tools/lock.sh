#!/usr/bin/env bash
# Write the two lock files: versions and hashes for every platform, no address of an index.
# usage: tools/lock.sh [path of uv]
set -euo pipefail
cd "$(dirname "$0")/.."
uv=${1:-uv}

compile() {
    "$uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes --upgrade \
        --no-emit-index-url --no-emit-find-links --no-annotate --no-header "$@"
}

compile pyproject.toml --group build --output-file requirements.lock
compile pyproject.toml --group build --group dev --constraint requirements.lock --output-file requirements-dev.lock

#!/usr/bin/env bash
# Reproduces the paper's tables and figures from a fresh clone: sets up, trains, tabulates, charts, reports.
set -euo pipefail

usage() {
  cat <<'HELP'
Usage: ./reproduce.sh [options]

Sets up what is missing, trains the rows without a record, executes the notebooks
and writes report/index.html. Stop it at any time; rerun it to resume.

Without options it retrains stage II (Table 5 and Figure 5 with shift-BN off) on
features of real images that ship with the kit: minutes, no data set needed.

Options
  --profile PROFILE           train from images instead:
                                demo   generated images, Table 5; minutes
                                trial  real images, two epochs per stage: a smoke test
                                short  real images, a fifth of the epochs; hours per row
                                paper  as published; hours per row, days in all
  --only TABLES               these tables: table-1,table-5
  --data DIR                  where data sets are stored
  --seeds NUMBERS             seeds to run: 0,1,2
  --jobs N                    chains of rows that train in parallel; 1: one after another
  --help                      this text

Examples
  ./reproduce.sh
  ./reproduce.sh --profile demo
  ./reproduce.sh --profile short --only table-1

Needs Linux, Node 20.19+, or 22.12 and newer, Python 3.10 to 3.13 with venv, g++,
and 3 GB of disk.
Exit status: 0 done, 1 failed, 2 wrong usage, 130 interrupted.
HELP
}

for argument in "$@"; do
  case "$argument" in -h | --help) usage && exit 0 ;; esac
done

cd "$(dirname "${BASH_SOURCE[0]}")"

if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
  echo "reproduce.sh needs Node 20.19+, or 22.12 and newer, with npm, got none; get it from https://nodejs.org" >&2
  exit 1
fi

lacks() {
  echo "reproduce.sh needs $1, got none; type: $2" >&2
  missing=1
}

# Whether a Python can make the .venv; set-up looks at the same ones, and at their versions.
has_venv() { "$1" -c 'import venv, ensurepip' 2>/dev/null; }

# npm writes this file last: without it, or with an older one, an installation is unfinished or out of date.
if [[ ! node_modules/.package-lock.json -nt package-lock.json ]]; then
  missing=0
  pythons=(python3 python3.13 python3.12 python3.11 python3.10)
  [[ -z ${PYTHON:-} ]] || pythons=("$PYTHON")
  for python in "${pythons[@]}"; do
    has_venv "$python" && break
  done || lacks "Python 3.10 to 3.13 with venv" "sudo apt install python3 python3-venv"
  command -v "${CXX:-g++}" g++ >/dev/null || lacks "g++" "sudo apt install g++"
  ((missing == 0)) || exit 1
  echo "Node packages: npm ci ..."
  npm ci --no-audit --no-fund --loglevel=error
fi

node bin/h2t.js reproduce --parse-only "$@"
npm run --silent setup
exec node bin/h2t.js reproduce "$@"

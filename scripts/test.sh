#!/bin/sh
# Style, then every test on SQLite, then those of the site again on PostgreSQL. What is missing is said, never silent.
set -eu
BIN=.venv/bin

missing=""
command -v chromedriver >/dev/null || missing="$missing chromium chromium-driver"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql"
command -v soffice >/dev/null || missing="$missing libreoffice-impress"
command -v java >/dev/null || missing="$missing default-jre-headless"
[ -z "$missing" ] || sh scripts/system.sh $missing

$BIN/ruff check .
$BIN/python -m pytest -q -n 2 --dist loadfile --no-loadscope-reorder "$@"

if ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then
    exec $BIN/python -m tests.postgres
fi
echo "PostgreSQL est absent : les tests du site n'ont tourné que sur SQLite."

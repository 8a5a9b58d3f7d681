#!/bin/sh
# Installs what the checkout needs, from the two lock files and nowhere else:
#   sh scripts/setup.sh node      node_modules, by package-lock.json
#   sh scripts/setup.sh python    .venv, by requirements.txt (the MLflow server and libxgboost)
#   sh scripts/setup.sh sqlite    compiles SQLite, which serving keeps decisions in: a minute that the pipeline does not need
# A tool that is missing is named with the command that installs it.
set -eu
cd "$(dirname "$0")/.."

fail() {
  printf 'setup: %s\n' "$1" >&2
  [ -z "${2:-}" ] || printf '  %s\n' "$2" >&2
  exit 1
}

node_modules() {
  command -v node >/dev/null 2>&1 || fail 'Node.js is not installed.' 'Install Node 20.19 or newer: https://nodejs.org, or: nvm install 22'
  node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' ||
    fail "Node 20.19 or newer is needed; this is $(node --version)." 'Install one: https://nodejs.org, or: nvm install 22'
  command -v npm >/dev/null 2>&1 || fail 'npm is not installed.' 'It comes with Node.js; on Debian: apt-get install npm'
  printf 'setup: npm ci\n' >&2
  # No package that the pipeline needs has to run a script to be installed.
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
  touch node_modules/.sluice-setup
}

sqlite() {
  node -e 'new (require("better-sqlite3"))(":memory:")' 2>/dev/null || {
    printf 'setup: compiling SQLite\n' >&2
    # Against the headers that came with Node, where they did: they are downloaded otherwise.
    prefix=$(node -p 'require("path").resolve(process.execPath, "../..")')
    [ ! -f "$prefix/include/node/node_version.h" ] || nodedir="--nodedir=$prefix"
    npm rebuild better-sqlite3 --build-from-source ${nodedir:-} --no-audit --no-fund --loglevel=error >/dev/null ||
      fail 'SQLite did not compile.' 'It needs a C++ compiler, make and Python: on Debian, apt-get install build-essential python3'
  }
  touch node_modules/.sluice-sqlite
}

python_venv() {
  if command -v uv >/dev/null 2>&1; then
    printf 'setup: .venv (uv)\n' >&2
    .venv/bin/python -c '' 2>/dev/null || { rm -rf .venv && uv venv --quiet --python '>=3.11' .venv; }
    uv pip install --quiet --python .venv/bin/python --no-deps --compile-bytecode -r requirements.txt
  else
    command -v python3 >/dev/null 2>&1 || fail 'Python 3.11 or newer is not installed (for the MLflow server and libxgboost).' 'On Debian: apt-get install python3 python3-venv; on macOS: brew install python'
    python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || fail "Python 3.11 or newer is needed; this is $(python3 --version 2>&1)." 'On Debian 12: apt-get install python3 python3-venv'
    python3 -c 'import venv, ensurepip' 2>/dev/null || fail 'Python has no venv module.' 'On Debian: apt-get install python3-venv'
    printf 'setup: .venv (pip)\n' >&2
    # One that uv made has no pip; one whose Python was upgraded away does not run.
    .venv/bin/python -m pip --version >/dev/null 2>&1 || { rm -rf .venv && python3 -m venv .venv; }
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps -r requirements.txt
    # Compiled once here, the server starts in 6 seconds instead of 15.
    env -u PYTHONDONTWRITEBYTECODE .venv/bin/python -m compileall -q -j 0 .venv/lib >/dev/null || true
  fi
  touch .venv/.sluice-setup
}

case "${1:-}" in
  node) node_modules ;;
  python) python_venv ;;
  sqlite) sqlite ;;
  *) fail 'say which: node, python or sqlite' ;;
esac

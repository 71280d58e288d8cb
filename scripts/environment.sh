#!/bin/sh
# environment.sh FILE...: make .venv hold what these requirements files ask for.
# Does nothing, and needs no network, when they have not changed since they were last installed.
set -eu

fail() { printf '%s\n' "$@" >&2; exit 1; }

is_recent() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

find_python() {
    for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
        if is_recent "$candidate"; then echo "$candidate"; return; fi
    done
    [ -z "${PYTHON:-}" ] || fail "PYTHON=$PYTHON does not run, or is older than Python 3.11."
    fail "Deltaflow needs Python 3.11 or newer and found none on PATH. Install one" \
        "  (Debian 12, Ubuntu 24.04 or newer: sudo apt-get install python3 python3-venv;" \
        "  macOS: brew install python; others: https://www.python.org/downloads/)," \
        "or name yours: make run PYTHON=/path/to/python3"
}

can_create() { "$1" -c 'import ensurepip, venv' >/dev/null 2>&1; }

install_ensurepip() {
    # Debian splits ensurepip off into a package of its own, one for each Python version.
    package=$("$1" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    if [ "$(id -u)" = 0 ] && [ -f /etc/debian_version ]; then
        echo "Installing $package, without which this Python cannot create an environment."
        export DEBIAN_FRONTEND=noninteractive
        apt-get update -qq &&
            apt-get install -y -qq --no-install-recommends "$package" >/dev/null || true
    fi
    can_create "$1" || fail "$1 cannot create an environment: its module ensurepip is missing." \
        "On Debian and Ubuntu: sudo apt-get install $package"
}

identity() { "$1" -c 'import sys; print(sys.base_prefix, sys.version)'; }

is_usable() {
    is_recent .venv/bin/python || return 1
    [ -z "${PYTHON:-}" ] || [ "$(identity "$python")" = "$(identity .venv/bin/python)" ]
}

missing=
for file in "$@"; do
    cmp -s "$file" ".venv/installed/$file" || missing="$missing $file"
done
# Looked for only when needed: an installed environment outlives a changed PATH.
python=
if [ -n "${PYTHON:-}" ] || ! is_recent .venv/bin/python; then python=$(find_python); fi
if ! is_usable; then
    can_create "$python" || install_ensurepip "$python"
    echo "Creating .venv with $("$python" --version)."
    "$python" -m venv --clear .venv
    missing="$*"
fi

for file in $missing; do
    echo "Installing $file into .venv; this is done once."
    .venv/bin/python -m pip install --quiet --disable-pip-version-check -r "$file" ||
        fail "$file could not be installed, see above. Only this first time needs a network."
    mkdir -p "$(dirname ".venv/installed/$file")"
    cp "$file" ".venv/installed/$file"
done

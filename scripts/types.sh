#!/bin/sh
# Check the types of the browser's modules with TypeScript, which npm brings into node_modules once, with
# axe-core, which a test of the page asks.
set -eu

PATH="$PWD/.venv/bin:$PATH"
if ! cmp -s package-lock.json node_modules/installed; then
    echo "Installing TypeScript and axe-core into node_modules; this is done once."
    npm ci --silent --no-audit --no-fund || {
        echo "They could not be installed, see above. Only this first time needs a network." >&2
        exit 1
    }
    cp package-lock.json node_modules/installed
fi
exec node_modules/.bin/tsc --project .

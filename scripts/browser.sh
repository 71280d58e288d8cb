#!/bin/sh
# Make sure that the browser tests find Chromium and its driver; elsewhere than on Debian as root,
# say what to install.
set -eu

is_there() {
    command -v chromedriver >/dev/null || return 1
    [ -d "/Applications/Google Chrome.app" ] && return 0
    for browser in chromium chromium-browser google-chrome; do
        if command -v "$browser" >/dev/null; then return 0; fi
    done
    return 1
}

if ! is_there && [ "$(id -u)" = 0 ] && [ -f /etc/debian_version ]; then
    echo "Installing chromium and chromium-driver for the browser tests."
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq &&
        apt-get install -y -qq --no-install-recommends chromium chromium-driver >/dev/null || true
fi

is_there && exit 0
cat >&2 <<'TEXT'
The browser tests need Chromium or Chrome, and the chromedriver of the same version, both on PATH:
  Debian          sudo apt-get install chromium chromium-driver
  Fedora          sudo dnf install chromium chromedriver
  Arch            sudo pacman -S chromium
  macOS           brew install --cask google-chrome chromedriver
  Ubuntu, others  https://googlechromelabs.github.io/chrome-for-testing/
TEXT
exit 1

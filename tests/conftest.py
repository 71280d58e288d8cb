"""The Chromium that dash[testing] drives: headless, quiet, able to run as root in a container."""

import os
import shutil

import pytest
from flask.testing import FlaskClient
from selenium.webdriver.chrome.options import Options

# A machine that is busy with other things must not end what a test asks.
os.environ.setdefault("TIME_LIMIT", "120")

__all__ = ["client", "pytest_setup_options"]

ARGUMENTS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # No page is gone back to: none that was left has to be kept alive.
    "--disable-features=BackForwardCache",
    "--no-first-run",
    "--hide-scrollbars",
    "--window-size=1280,720",
)
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def pytest_setup_options() -> Options:
    """Return the options of every browser that a test opens (a hook of dash[testing])."""
    options = Options()
    for argument in ARGUMENTS:
        options.add_argument(argument)
    # chromedriver by itself looks for Chrome only, under none of Chromium's names.
    if binary := next(filter(None, map(shutil.which, BROWSERS)), None):
        options.binary_location = binary
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return options


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    """Who asks an application of its own, without a server between them."""
    from app import create_app  # not before TIME_LIMIT is set

    return create_app().server.test_client()

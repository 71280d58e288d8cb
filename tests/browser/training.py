"""Training on the page."""

from tests.browser.conftest import Page


def settle(page: Page) -> None:
    page.wait("!deltaflow.state.training && !deltaflow.state.pass.live")


def train(page: Page, least: int) -> None:
    """Train, and pause when so many batches are done."""
    page.click("train")
    page.wait(f"deltaflow.state.run.batch >= {least}")
    page.click("train")
    settle(page)

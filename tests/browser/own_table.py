"""Bringing a table of one's own."""

from selenium.webdriver.support.ui import Select

CSV = "height;width;kind\n0,5;1,5;cat\n2;1;dog\n3,5;4;cat\n5;6,5;dog\n"
FIELDS = "return deltaflow.state.fields"
KEPT = (
    "const { find } = await import('/assets/server/own_data.js');"
    "return find(deltaflow.state.fields['own-data'])"
)


def choose(page, name, value):
    Select(page.driver.find_element("id", name)).select_by_value(value)


def wait_field(page, name, value):
    page.wait("deltaflow.state.fields[arguments[0]] === arguments[1]", name, value)


def paste(page, text):
    page.js(
        "const t = document.getElementById('own-text'); t.value = arguments[0];"
        "t.dispatchEvent(new Event('input', { bubbles: true }))",
        text,
    )

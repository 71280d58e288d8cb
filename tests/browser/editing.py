"""Changing numbers by hand."""

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

CELL = "#numbers td[data-symbol='{}'][data-row='{}']"


class Hand:
    """What a person does to a number, and what stands there then."""

    def __init__(self, page):
        self.page = page

    def find(self, selector):
        return self.page.driver.find_element(By.CSS_SELECTOR, selector)

    def cell(self, symbol, row, col=None):
        return self.find(CELL.format(symbol, row) + (f"[data-col='{col}']" if col else ""))

    def value(self, symbol, layer, row, col=1):
        return self.page.js(
            "const s = deltaflow.state;return deltaflow.read(s.pass, s.cursor, ...arguments)",
            *(symbol, layer, row, col),
        )

    def all_w2(self):
        return [self.value("w", 2, j, k) for j in (1, 2, 3) for k in (1, 2, 3)]

    def double_click(self, element):
        ActionChains(self.page.driver).double_click(element).perform()

    def double_click_drawing(self, x, y):
        network = self.find("#network")
        middle_x, middle_y = self.middle("#network")
        actions = ActionChains(self.page.driver).move_to_element(network)
        actions.move_by_offset(round(x - middle_x), round(y - middle_y)).double_click().perform()

    def middle(self, selector, index=0):
        return self.page.js(
            "const all = document.querySelectorAll(arguments[0]);"
            "const box = all[arguments[1]].getBoundingClientRect();"
            "return [(box.left + box.right) / 2, (box.top + box.bottom) / 2]",
            selector,
            index,
        )

    def editor(self):
        """The editor's name and text, None while it is closed."""
        return self.page.js(
            "return document.getElementById('cell-editor').hidden ? null"
            " : [document.getElementById('cell-editor-name').textContent,"
            "    document.getElementById('cell-editor-text').value]"
        )

    def type(self, text, *keys):
        self.page.wait("document.activeElement.id === 'cell-editor-text'")
        self.page.driver.switch_to.active_element.send_keys(Keys.CONTROL, "a")
        self.page.driver.switch_to.active_element.send_keys(text, *keys)

    def press_z(self, *held):
        actions = ActionChains(self.page.driver)
        for key in held:
            actions.key_down(key)
        actions.send_keys("z")
        for key in held:
            actions.key_up(key)
        actions.perform()

    def wait_for(self, value, *place):
        self.page.wait(
            "((s, place) => deltaflow.read(s.pass, s.cursor, ...place))"
            "(deltaflow.state, arguments[0]) === arguments[1]",
            place,
            value,
        )

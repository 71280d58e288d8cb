"""Numbers changed by hand: whole matrices, and what Reset and Undo make of the start."""

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.browser.conftest import CHANGE


def test_a_change_at_the_start_is_the_new_start(page, hand):
    page.js("deltaflow.press('pick', 2)")
    hand.double_click(hand.cell("b", 1))
    hand.type("2", Keys.ENTER)
    hand.wait_for(2, "b", 2, 1)
    for _ in range(8):
        page.click("next")
    page.wait_at(1, 1)
    assert hand.value("b", 2, 1) != 2
    page.click("reset")
    page.wait_at(0, 0)
    assert hand.value("b", 2, 1) == 2


def test_a_matrix_is_pasted_with_ctrl_v_and_a_bad_one_named(page, hand):
    page.click("step-forward")
    paste = (
        "document.getElementById('numbers').focus();"
        "const data = new DataTransfer(); data.setData('text/plain', arguments[0]);"
        "document.activeElement.dispatchEvent("
        "  new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))"
    )
    page.js(paste, "1 2 3\n4 5 x\n7 8 9")
    assert hand.find("#paste-text").get_attribute("value") == "1 2 3\n4 5 x\n7 8 9"
    page.click("paste-keep")
    page.wait("document.getElementById('paste-refused').textContent")
    assert "w², row 2, column 3: “x”" in page.text("paste-refused")
    hand.find("#paste-text").send_keys(Keys.CONTROL, "a")
    hand.find("#paste-text").send_keys("array([[1., 2., 3.],\n       [4., 5., 6.],\n [7, 8, 9]])")
    page.click("paste-keep")
    hand.wait_for(9, "w", 2, 3, 3)
    assert hand.all_w2() == list(range(1, 10))
    assert not hand.find("#paste-dialog").is_displayed()
    page.click("undo")
    page.wait("deltaflow.state.undo.length === 0")
    assert hand.all_w2() != list(range(1, 10))


def test_one_softmax_target_alone_is_refused_and_all_of_them_are_pasted(page, hand):
    page.open("?output-activation=softmax&loss=cross_entropy")
    page.js("deltaflow.press('pick', 3)")
    hand.double_click(hand.cell("y", 1))
    hand.type("0.5", Keys.ENTER)
    page.wait("document.getElementById('message').textContent.includes('sum is 1')")
    hand.type(Keys.ESCAPE)
    page.click("paste")
    hand.find("[data-paste='y']").click()
    hand.find("#paste-text").send_keys(Keys.CONTROL, "a")
    hand.find("#paste-text").send_keys("0.25, 0.75")
    page.click("paste-keep")
    hand.wait_for(0.75, "y", 3, 2)
    assert hand.value("y", 3, 1) == 0.25


def test_the_second_sample_of_a_batch_is_changed_in_its_column(page, hand):
    page.open("?layer-sizes=2-2-1&sample-x=1%2C+2%3B+3%2C+4&sample-y=0%3B+1")
    hand.double_click(hand.find("td[data-symbol='x'][data-row='1'][data-sample='2']"))
    hand.type("-5", Keys.ENTER)
    hand.wait_for(-5, "x", 1, 1, 2)
    assert page.js("return deltaflow.state.fields['sample-x']") == "1, 2; -5, 4"


def test_reset_at_an_edited_start_takes_the_edits_back_and_undo_brings_them_again(page, hand):
    made = hand.all_w2()

    def is_edited():
        return page.driver.find_element(By.ID, "edited").is_displayed()

    def change(symbol, row, text):
        page.promise(
            CHANGE,
            {
                "symbol": symbol,
                "layer": 1 if symbol == "x" else 2,
                "row": row,
                "col": 1,
                "text": text,
            },
        )

    assert not is_edited() and not page.driver.find_element(By.ID, "reset").is_enabled()
    change("w", 1, "0.5")
    change("x", 2, "-3")
    edited = hand.all_w2()
    assert is_edited() and edited != made
    page.click("next", "next", "reset")
    page.wait("deltaflow.state.cursor === 0")
    assert hand.all_w2() == edited and hand.value("x", 1, 2) == -3
    assert "Take the edits back" in page.js("return document.getElementById('reset').title")
    page.open(fresh=False, query=page.js("return location.search"))
    assert is_edited() and hand.all_w2() == edited
    page.click("reset")
    page.wait("!deltaflow.state.made")
    assert hand.all_w2() == made and hand.value("x", 1, 2) == 0.5
    assert not is_edited() and not page.driver.find_element(By.ID, "reset").is_enabled()
    page.click("undo")
    page.wait("deltaflow.state.made")
    assert is_edited() and hand.all_w2() == edited and hand.value("x", 1, 2) == -3
    # Typed back by hand it is no edit any more.
    change("w", 1, repr(made[0]))
    change("x", 2, "0.5")
    page.wait("document.getElementById('edited').hidden")


def test_a_change_in_a_later_step_is_marked_until_the_start_is_back(page, hand):
    page.promise("for (let i = 0; i < 9; i++) await deltaflow.press('next')")
    page.wait_at(1, 2)
    assert page.js("return document.getElementById('edited').hidden")
    page.promise(CHANGE, {"symbol": "w", "layer": 2, "row": 1, "col": 1, "text": "0.5"})
    page.wait("!document.getElementById('edited').hidden")
    page.click("reset")
    page.wait_at(0, 0)
    page.wait("document.getElementById('edited').hidden")


def test_a_typed_input_is_a_choice_and_not_an_edit_to_take_back(page, hand):
    made = hand.all_w2()
    page.promise(CHANGE, {"symbol": "w", "layer": 2, "row": 1, "col": 1, "text": "0.5"})
    page.promise("await deltaflow.press('edit', 'sample-x', '1, 2, 3')")
    page.click("reset")
    page.wait("!deltaflow.state.made")
    assert hand.all_w2() == made
    assert [hand.value("x", 1, row) for row in (1, 2, 3)] == [1, 2, 3]

"""Data on the page: the fields they have, own data brought, kept, sent again, and points added."""

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.support.ui import Select

from tests.browser.own_table import CSV, FIELDS, KEPT, choose, paste, wait_field


def shown(page):
    return page.js(
        "return [...document.querySelectorAll('.controls .field:not([hidden]) > label')]"
        ".map((label) => label.htmlFor)"
    )


def test_the_fields_are_those_of_the_data_set(page):
    assert not {"points", "classes", "noise", "own-data"} & set(shown(page))
    choose(page, "dataset", "blobs")
    wait_field(page, "dataset", "blobs")
    page.wait("!document.getElementById('classes').closest('.field').hidden")
    assert {"points", "classes", "noise", "train-share", "standardise"} <= set(shown(page))
    choose(page, "dataset", "iris")
    wait_field(page, "dataset", "iris")
    page.wait("document.getElementById('points').closest('.field').hidden")
    assert "follow the data: 4-3-3" in page.text("message")
    assert {"train-share", "data-seed"} <= set(shown(page))


def test_a_sample_is_picked_from_the_list_or_by_its_number(page):
    page.open("?dataset=digits&layer-sizes=64-4-10")
    page.wait("document.getElementById('sample').options.length >= 100")
    choose(page, "sample", "42")
    wait_field(page, "sample", "42")
    number = page.driver.find_element("id", "sample-number")
    number.send_keys("1400\n")
    wait_field(page, "sample", "1400")
    page.wait("document.getElementById('sample').value === '1400'")
    page.driver.find_element("id", "sample-number").send_keys("1438\n")
    page.wait("document.getElementById('message').textContent.includes('1 to 1438') === false")
    wait_field(page, "sample", "1438")
    page.driver.find_element("id", "sample-number").send_keys("1439\n")
    page.wait("document.getElementById('message').textContent.includes('1 to 1438')")
    assert page.js(FIELDS)["sample"] == "1438"


def test_more_points_keep_the_weights(page):
    page.open("?dataset=moons&layer-sizes=2-3-1")
    before = page.js("return deltaflow.stage().weights")
    page.promise("await deltaflow.press('edit', 'points', '60')")
    wait_field(page, "points", "60")
    assert page.js("return deltaflow.stage().weights") == before


def test_pasted_data_are_previewed_and_used(page):
    page.click("own-open")
    paste(page, CSV.replace("5;6,5", "5;six"))
    page.wait("document.querySelectorAll('#own-problems li').length === 1")
    assert "Row 5, column 2 (width): “six” is no number." in page.text("own-problems")
    assert page.js("return document.getElementById('own-use').disabled")
    before = page.js(FIELDS)
    paste(page, CSV)
    page.wait("!document.getElementById('own-use').disabled")
    assert "4 samples of 2 inputs in 2 classes: cat, dog." in page.text("own-told")
    assert page.js(FIELDS) == before
    page.click("own-use")
    wait_field(page, "dataset", "own")
    assert page.js(FIELDS)["layer-sizes"] == "2-3-1"
    kept = page.promise(KEPT)
    assert kept["classes"] == ["cat", "dog"] and len(kept["salt"]) == 32
    assert kept["name"] == page.js(FIELDS)["own-data"] != kept["key"]
    assert kept["key"] not in page.js("return location.href")
    page.click("undo")
    wait_field(page, "dataset", "by_hand")


def test_the_target_is_chosen_in_the_preview(page):
    page.click("own-open")
    paste(page, CSV)
    page.wait("document.querySelectorAll('#own-preview select').length === 3")
    Select(page.driver.find_elements("css selector", "#own-preview select")[1]).select_by_value(
        "target"
    )
    page.wait("document.getElementById('own-kind').value === 'regression'")
    Select(page.driver.find_elements("css selector", "#own-preview select")[2]).select_by_value(
        "ignored"
    )
    page.wait("document.getElementById('own-told').textContent.includes('1 input and 1 target')")
    page.click("own-use")
    wait_field(page, "dataset", "own")
    assert page.js(FIELDS)["layer-sizes"] == "1-3-1"
    assert page.js(FIELDS)["output-activation"] == "linear"


def test_own_data_that_there_are_none_of_are_asked_for(page):
    choose(page, "dataset", "own")
    page.wait("document.getElementById('own-dialog').open")
    page.click("own-cancel")
    page.wait("document.getElementById('dataset').value === 'by_hand'")


def test_a_point_is_added_and_taken_back(page):
    page.open("?dataset=moons&layer-sizes=2-3-1&points=50")
    page.click("plot-data")
    page.wait("deltaflow.places().length === 50")
    picture = page.driver.find_element("id", "boundary-canvas")
    for label, count in (("1", "51"), ("0", "52")):
        Select(page.driver.find_element("id", "data-class")).select_by_value(label)
        ActionChains(page.driver).move_to_element(picture).click().perform()
        page.wait(f"deltaflow.places().length === {count}")
        assert f"{count} samples" in page.text("message")
    key = page.js(FIELDS)["own-data"]
    page.click("undo")
    page.wait("deltaflow.state.fields['own-data'] !== arguments[0]", key)
    page.click("undo")
    wait_field(page, "dataset", "moons")


def drop(page, place, content, name):
    page.js(
        "const data = new DataTransfer();"
        f"data.items.add(new File([{content}], arguments[1]));"
        "document.getElementById(arguments[0]).dispatchEvent("
        "new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data }))",
        place,
        name,
    )


DROPPED = [
    ("'x'.repeat(5000001)", "5.0 MB. Allowed: at most 5 MB."),
    ("'<img src=x onerror=alert(1)>,b\\n1,2\\n2,3\\n'", "2 samples"),
    ("new Uint8Array([0, 1, 2, 0])", "not a text"),
    (
        "new Uint8Array([0xff, 0xfe, 49, 0, 44, 0, 50, 0, 10, 0, 51, 0, 44, 0, 52, 0])",
        "2 samples",
    ),
    ("new Uint8Array([228, 44, 98, 10, 49, 44, 50, 10, 51, 44, 52, 10, 53, 44, 54])", "3 samples"),
]


def test_a_dropped_file_is_read_or_refused(page):
    page.click("own-open")
    for content, told in DROPPED:
        drop(page, "own-text", content, "big.csv")
        page.wait("document.getElementById('own-told').textContent.includes(arguments[0])", told)
        assert page.js("return document.querySelectorAll('#own-preview img').length") == 0, told


def test_an_empty_file_is_told_and_what_was_read_stays(page):
    page.click("own-open")
    for number, content in enumerate(("''", "' \\n\\r\\n\\t '")):
        paste(page, CSV + "\n" * number)
        page.wait("document.getElementById('own-told').textContent.includes('4 samples')")
        drop(page, "own-dialog", content, f"nothing{number}.csv")
        page.wait(
            "document.getElementById('own-told').textContent.startsWith(arguments[0])",
            f"nothing{number}.csv is empty.",
        )
        assert page.js("return document.querySelectorAll('#own-preview td').length") > 0

"""Columns and classes of the data stand at inputs and outputs, digits as the pictures they are."""

from selenium.webdriver.common.action_chains import ActionChains

NAMES = "return [...document.querySelectorAll('.names .name')].map((e) => e.textContent)"
HEADS = "return [...document.querySelectorAll('#numbers th .name')].map((e) => e.title)"
PLACE = """
const [layer, row] = arguments;
const at = deltaflow.neurons().find((one) => one.layer === layer && one.row === row);
const box = document.getElementById("network").getBoundingClientRect();
return [Math.round(box.left + at.x), Math.round(box.top + at.y)];
"""
SPECIES = ["setosa", "versicolor", "virginica"]


def point_at(page, layer, row):
    x, y = page.js(PLACE, layer, row)
    pointer = ActionChains(page.driver)
    pointer.w3c_actions.pointer_action.move_to_location(x, y)
    pointer.perform()
    page.wait("!document.getElementById('tooltip').hidden")


def test_columns_and_classes_stand_at_inputs_and_outputs(page):
    page.open("?dataset=iris&layer-sizes=4-5-3")
    page.wait("document.querySelectorAll('.names .name').length === 7")
    shown = page.js(NAMES)
    # Cut where there is no room, whole where it is pointed at.
    assert all(name.rstrip("…") in "sepal length (cm)" for name in shown[:1])
    assert shown[4:] == SPECIES
    assert page.js(HEADS)[0] == "sepal length (cm)"
    point_at(page, 1, 1)
    assert "sepal length (cm)" in page.text("tooltip")
    page.js("deltaflow.press('pick', 3)")
    page.wait("document.querySelector('#numbers th .name').title === 'setosa'")


def test_a_digit_is_seen_at_the_input_and_what_hidden_neurons_look_for(page):
    page.open("?dataset=digits&layer-sizes=64-6-10")
    page.wait("document.querySelector('#sample-picture:not([hidden]) figcaption')?.textContent")
    label = page.js(
        "const s = deltaflow.samples();"
        "return s.classes[s.labels[s.sample.indexOf(Number(deltaflow.state.fields.sample))]]"
    )
    assert (
        page.js("return document.querySelector('#sample-picture').textContent") == f"digit {label}"
    )
    assert "digit 0" in page.js(NAMES)
    point_at(page, 2, 1)
    assert page.js("return document.querySelector('#tooltip canvas').width") == 8

"""The derivation on the real page: opened at a section, with numbers, and left for the stage."""

from selenium.webdriver.common.keys import Keys

FILLED = "document.querySelector('#derivation-text[aria-busy=\"false\"]')"
OPEN = "document.getElementById('derivation-dialog').open"
TOP = """
const top = (e) => e.getBoundingClientRect().top;
return top(document.getElementById(arguments[0])) - top(document.getElementById('derivation-text'));
"""
# What is heard of the formulas in numbers of one section.
NUMBERS = """
return [...document.querySelectorAll(`#${arguments[0]} .derivation-numbers mjx-container`)]
  .map((formula) => formula.getAttribute("aria-label").replaceAll("minus ", "−"));
"""
# Where the button of each section leads to.
LEAVE_BY_EACH = """
const dialog = document.getElementById("derivation-dialog"), places = {};
for (const section of document.querySelectorAll("#derivation-text section")) {
  if (!dialog.open) document.getElementById("derivation").click();
  await new Promise((go) => setTimeout(go));
  section.querySelector("button").click();
  if (dialog.open) throw new Error("still open");
  const { pass, cursor } = deltaflow.state;
  const { kind, layer, neuron } = pass.positions[cursor];
  places[section.id.replace("derivation-", "")] = [kind, layer, neuron];
}
return places;
"""


def text_with(value, digits=4):
    return f"{float(f'{value:.{digits}g}'):g}".replace("-", "−")


def open_derivation(page):
    page.click("derivation")
    page.wait(FILLED)


def test_the_numbers_are_those_of_the_stage(page):
    page.promise("await deltaflow.press('edit', 'sample-x', '0.25, -2, 3')")
    open_derivation(page)
    z, delta = page.js(
        "const { read, state: { pass } } = deltaflow;"
        "return [read(pass, pass.last - 1, 'z', 2, 1), read(pass, pass.last - 1, 'delta', 2, 3)]"
    )
    assert text_with(z) in page.js(NUMBERS, "derivation-forward-neuron")[0]
    assert all(text_with(delta) in text for text in page.js(NUMBERS, "derivation-bp2"))
    whole = page.js("return document.getElementById('derivation-text').textContent")
    assert "⟦" not in whole and "$" not in whole
    for anchor in page.js("return [...document.querySelectorAll('section[id]')].map((s) => s.id)"):
        assert not any("…" in text for text in page.js(NUMBERS, anchor)), anchor
    assert page.js("return document.querySelectorAll('#derivation-text merror').length") == 0
    page.keys(Keys.ESCAPE)
    page.promise("await deltaflow.press('edit', 'layer-sizes', '3-5-2')")
    open_derivation(page)
    assert "5 neurons" in page.js("return document.getElementById('derivation-bp2').textContent")


def test_each_section_leads_to_its_position(page):
    page.promise("await deltaflow.press('edit', 'granularity', 'neuron')")
    open_derivation(page)
    places = page.promise(LEAVE_BY_EACH)
    assert places == {
        "notation": ["input", 1, None],
        "forward-neuron": ["forward", 2, 3],
        "forward-layer": ["forward", 2, 3],
        "loss": ["loss", 3, None],
        "product": ["backward", 2, 3],
        "bp1": ["backward", 3, 2],
        "chain": ["backward", 2, 3],
        "shapes": ["backward", 2, 3],
        "bp2": ["backward", 2, 3],
        "bp3": ["backward", 3, 2],
        "bp4": ["backward", 2, 3],
        "equations": ["backward", 2, 3],
        "update": ["update", None, None],
        "spellings": ["input", 1, None],
    }


def test_opens_where_the_address_or_a_formula_points(page):
    page.open("?learning-rate=0.25#derivation-bp2")
    page.wait(FILLED)
    assert abs(page.js(TOP, "derivation-bp2")) < 4
    page.keys(Keys.ESCAPE)
    page.click("step-forward")
    page.wait("document.querySelector('#formula a')")
    anchor = page.js("return document.querySelector('#formula a').hash.slice(1)")
    page.js("document.querySelector('#formula a').click()")
    page.wait(FILLED)
    assert page.js(f"return {OPEN}")
    assert abs(page.js(TOP, anchor)) < 4
    page.js("document.querySelector('#derivation-contents a[href=\"#derivation-bp4\"]').click()")
    assert abs(page.js(TOP, "derivation-bp4")) < 4


def test_by_keyboard_escape_gives_the_focus_back(page):
    page.js("document.getElementById('derivation').focus()")
    page.keys(Keys.ENTER)
    page.wait(FILLED)
    before = page.at()
    page.keys(Keys.PAGE_DOWN, Keys.ARROW_RIGHT)
    page.wait("document.getElementById('derivation-text').scrollTop > 100")
    assert page.at() == before
    page.keys(Keys.ESCAPE)
    assert not page.js(f"return {OPEN}")
    assert page.js("return document.activeElement.id") == "derivation"


def test_a_phone_scrolls_formulas_alone(page):
    page.resize(390, 844)
    page.click("more-toggle")
    open_derivation(page)
    text, wide = page.js(
        "const t = document.getElementById('derivation-text');"
        "const over = (e) => e.scrollWidth > e.clientWidth;"
        "return [over(t), [...t.querySelectorAll('.derivation-formula')].filter(over).length]"
    )
    assert not text
    assert wide > 0


def test_on_a_phone_the_sections_are_a_list_that_folds_after_the_choice(page):
    page.resize(390, 844)
    page.click("more-toggle")
    open_derivation(page)
    listed = "document.querySelector('#derivation-contents details').open"
    assert not page.js(f"return {listed}")
    page.driver.find_element("css selector", "#derivation-contents summary").click()
    page.wait(listed)
    links = page.driver.find_elements("css selector", "#derivation-contents a")
    assert len(links) == page.js(
        "return document.querySelectorAll('#derivation-text section').length"
    )
    assert all(link.is_displayed() for link in links)
    links[-1].click()
    page.wait("!" + listed)
    page.wait("document.getElementById('derivation-text').scrollTop > 500")
    page.resize(1280, 720)
    page.js("document.getElementById('derivation-dialog').close()")
    page.click("derivation")
    assert page.js(f"return {listed}")

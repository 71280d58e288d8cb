"""Texts that would be scripts, brought through every string there is: they stay texts."""

import ast
import csv
import io
import json
from xml.etree import ElementTree

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By

from components.visible import visible
from tests.browser.payloads import PAYLOADS, quiet

FORMATS = ("markdown", "latex", "csv", "json", "torch", "numpy")


def hover_everything(page, selector):
    for element in page.driver.find_elements(By.CSS_SELECTOR, selector)[:6]:
        ActionChains(page.driver).move_to_element(element).perform()


def table(rows):
    made = io.StringIO()
    csv.writer(made).writerows(rows)
    return made.getvalue()


def bring(page, text):
    page.click("own-open")
    page.js(
        "const t = document.getElementById('own-text'); t.value = arguments[0];"
        "t.dispatchEvent(new Event('input', { bubbles: true }))",
        text,
    )
    page.wait("document.querySelectorAll('#own-preview td').length > 0")


def classes_of(rows):
    """Each payload as a class twice, under headers that are payloads as well."""
    numbers = [[n, n * n % 7, name] for n, name in enumerate(PAYLOADS * 2)]
    return table([[PAYLOADS[0], PAYLOADS[3], PAYLOADS[9]], *numbers, *rows])


def test_names_and_cells_of_a_table_are_texts_everywhere(page):
    bring(page, classes_of([[PAYLOADS[1], PAYLOADS[4], "a"], [1, PAYLOADS[5], PAYLOADS[6]]]))
    page.wait("document.querySelectorAll('#own-problems li').length > 0")
    quiet(page)
    page.js("document.getElementById('own-dialog').close()")
    bring(page, classes_of([]))
    # A header whose words stand below it as well might be data.
    page.js("document.querySelector('[data-choice=\"header yes\"]').click()")
    page.wait("!document.getElementById('own-use').disabled")
    page.click("own-use")
    page.wait("deltaflow.state.fields.dataset === 'own'")
    page.click("train-epoch")
    page.wait("!deltaflow.state.training && !deltaflow.state.pass.live")
    page.click("plot-confusion")
    page.wait("document.querySelectorAll('#confusion th').length > 60")
    heads = page.js(
        "return [...document.querySelectorAll('#confusion [scope=row]')]"
        ".map((th) => th.textContent)"
    )
    assert {visible(name.strip()) for name in PAYLOADS} <= {name.strip() for name in heads}
    titles = page.js("return [...document.querySelectorAll('#confusion td')].map((td) => td.title)")
    assert any(PAYLOADS[5] in title for title in titles)
    for tab in ("plot-data", "plot-histograms", "plot-layers", "plot-loss"):
        page.click(tab)
        quiet(page)
    hover_everything(page, "#network circle")
    quiet(page)
    exports(page)


def exports(page):
    """What is saved of a stage with such data reads as what it is."""
    ask = (
        "const { post } = await import('/assets/server/exchange.js');"
        "const { text } = await post('export', { ...deltaflow.stage(),"
        "own: undefined, format: given[0], solutions: true, digits: 4 }); return text"
    )
    texts = {form: page.promise(ask, form) for form in FORMATS}
    ast.parse(texts["torch"]), ast.parse(texts["numpy"]), json.loads(texts["json"])
    assert not any("hacked" in texts[form] for form in FORMATS if form != "json")
    assert not any(
        cell[:1] in "=@" for row in csv.reader(io.StringIO(texts["csv"])) for cell in row if cell
    )
    draw = "const { drawing } = await import('/assets/drawing/standalone.js');"
    drawing = ElementTree.fromstring(page.promise(f"{draw} return drawing().text"))
    tags = {element.tag.rpartition("}")[2] for element in drawing.iter()}
    assert tags <= {"svg", "g", "path", "line", "circle", "rect", "text", "title"}
    names = {name for element in drawing.iter() for name in element.attrib}
    assert not any(name.startswith("on") or name.endswith("href") for name in names)


PLOTTED = """
const host = document.createElement("div");
host.className = "plotted";
document.body.append(host);
const { forPlotly } = await import("/assets/kit/dom.js");
const texts = given[0].map(given[1] ? forPlotly : String);
const data = texts.map((name, i) => ({ y: [i, i + 1], name }));
const annotations = texts.map((text, i) => ({ text, x: 0, y: i }));
const titles = { title: { text: texts.join(" ") }, xaxis: { title: { text: texts[0] } } };
const layout = { ...titles, annotations, height: 2000, showlegend: true };
await Plotly.newPlot(host, data, layout, { displayModeBar: false });
Plotly.Fx.hover(host, texts.map((_, curveNumber) => ({ curveNumber, pointNumber: 0 })));
const found = [host.querySelectorAll("a").length, host.textContent];
host.remove();
return found;
"""


def test_plotly_shows_what_it_is_given_as_text(page):
    page.click("plot-layers")
    page.wait("window.Plotly")
    links, text = page.promise(PLOTTED, PAYLOADS[:12], True)
    assert links == 0 and PAYLOADS[0] in text and PAYLOADS[9] in text
    assert page.promise(PLOTTED, ["<a href='https://example.org'>x</a>"], False)[0] > 0
    quiet(page)

"""Texts that would be scripts, brought through every string there is: they stay texts."""

import ast
import csv
import io
import json
import struct
from urllib.parse import urlencode
from xml.etree import ElementTree

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By

from components.config.fields import FIELDS
from components.visible import visible
from tests.browser.conftest import SESSION

RUN = "window.hacked=1"
PAYLOADS = [
    f'<img src=x onerror="{RUN}">',
    f"<svg onload={RUN}>",
    f"<script>{RUN}</script>",
    f'"><img src=x onerror={RUN}>',
    f"'><svg/onload={RUN}>",
    f'" autofocus onfocus="{RUN}" x="',
    f"' onmouseover='{RUN}' x='",
    f"` onmouseover=`{RUN}` x=`",
    f"javascript:{RUN}",
    f'<a href="javascript:{RUN}">click</a>',
    f'<a href="java\tscript:{RUN}">tab</a>',
    '<iframe srcdoc="<script>parent.hacked=1</script>"></iframe>',
    "<iframe src=javascript:parent.hacked=1>",
    f"</td></tr></table><img src=x onerror={RUN}>",
    f"</textarea><img src=x onerror={RUN}>",
    f"</title></style></script><img src=x onerror={RUN}>",
    f"<details open ontoggle={RUN}>",
    f"<video><source onerror={RUN}></video>",
    f"<math><mtext><img src=x onerror={RUN}></mtext></math>",
    f"<style>@import 'javascript:{RUN}';</style>",
    "<base href=//evil.example/>",
    f"<form action=javascript:{RUN}><button>go</button></form>",
    f"&lt;img src=x onerror={RUN}&gt;",
    f"&#60;img src=x onerror={RUN}&#62;",
    "${" + RUN + "}",
    "{{constructor.constructor('" + RUN + "')()}}",
    "\\href{javascript:" + RUN + "}{x} $\\href{javascript:" + RUN + "}{x}$",
    "<b>bold</b><br><sup>2</sup>%{y}<extra></extra>",
    f"\u202e\u2066<img src=x onerror={RUN}>\u2069",
    f'\n""";import os;os.hacked=1#\\end{{document}}\n{RUN}',
    "__proto__",
    '=HYPERLINK("javascript:' + RUN + '")',
]
# Elements that no text of ours makes, and attributes that would be run.
ALIEN = """return (() => {
  const made = "img, iframe, object, embed, video, source, base, extra, form[action], svg script";
  const linked = ".js-plotly-plot a, .plotted a, mjx-container a";
  const bad = [...document.querySelectorAll(`${made}, ${linked}`)];
  for (const node of document.querySelectorAll("*")) {
    for (const { name, value } of node.attributes) {
      const led = ["href", "src", "action", "xlink:href"].includes(name) && /script:/i.test(value);
      if (led || /^on/i.test(name)) bad.push(node);
    }
  }
  bad.push(...[...document.scripts].filter(({ textContent }) => textContent.includes("hacked")));
  const found = bad.map(({ nodeName, className }) => `${nodeName} ${className}`);
  return [window.hacked, Object.prototype.hacked, found];
})()"""
FORMATS = ("markdown", "latex", "csv", "json", "torch", "numpy")


def quiet(page):
    """Nothing ran and nothing strange is on the page, some time for pictures to fail included."""
    page.promise("await new Promise((go) => setTimeout(go, 150)); return 1")
    assert page.js(ALIEN) == [None, None, []]


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


def example():
    """An example whose every text is a payload."""
    return {
        "id": PAYLOADS[0], "title": PAYLOADS[0], "source": PAYLOADS[9], "why": PAYLOADS[2],
        "activations": ["sigmoid"], "loss": "half_squared_error", "learning_rate": 0.5,
        "biases_updated": True, "w": [[[0.5]]], "b": [[0.1]], "x": [0.3], "y": [1.0],
        "printed": [
            {"symbol": "z", "layer": 2, "row": 1, "printed": "9.99", "when": "this step",
             "erratum": {"exact": 0.25, "why": text}} for text in PAYLOADS[:3]
        ],
    }  # fmt: skip


def variants():
    """Examples with one more payload each, in a place where only certain words are allowed."""
    for key in ("activations", "loss", "learning_rate", "w", "x"):
        for text in PAYLOADS[:3]:
            yield {**example(), key: [text] if key == "activations" else text}
    yield {**example(), PAYLOADS[0]: PAYLOADS[1]}
    yield [PAYLOADS[0]]


ANSWERED = """
window.answered = window.flying = 0;
const asks = window.fetch;
window.fetch = async (...asked) => {
  window.flying += 1;
  try { return await asks(...asked); } finally {
    setTimeout(() => { window.flying -= 1; window.answered += asked[0] === "example/read"; });
  }
};
"""


def test_texts_of_an_example_are_texts(page):
    examples = f"{PAYLOADS[0]}.json", f"{PAYLOADS[3]}.json"
    page.js(ANSWERED)
    page.hand(json.dumps([example()]), examples[0])
    page.wait("window.answered && !window.flying")
    assert {PAYLOADS[i] for i in (0, 1, 2, 9)} <= {
        text for text in PAYLOADS if text in page.text("examples")
    }
    for wrong in variants():
        before = page.js("return window.answered")
        page.hand(json.dumps([wrong]), examples[1])
        page.wait("window.answered > arguments[0] && !window.flying", before)
    page.wait("document.getElementById('message').textContent.includes(arguments[0])", PAYLOADS[3])
    quiet(page)


def safetensors(names):
    """A file of tensors 1×1 with these names."""
    head = {
        name: {"dtype": "F32", "shape": [1, 1], "data_offsets": [4 * i, 4 * i + 4]}
        for i, name in enumerate(names)
    }
    text = json.dumps({**head, "__metadata__": {PAYLOADS[0]: PAYLOADS[1]}}).encode()
    return struct.pack("<Q", len(text)) + text + b"\0" * 4 * len(names)


def test_names_of_tensors_and_of_files_are_texts(page):
    page.click("export")
    for names in (PAYLOADS, PAYLOADS[:2], PAYLOADS[:1]):
        page.bring(safetensors(names), f"{PAYLOADS[0]}.safetensors", by="weights-open")
    for name in ("constructor", "__proto__", "x.constructor", f"{PAYLOADS[0]}.json", *PAYLOADS[:4]):
        page.bring("x", name)
    assert PAYLOADS[3] in page.text("export-told")
    quiet(page)


def test_texts_of_an_address_are_texts(page):
    fields = dict(zip(FIELDS, PAYLOADS, strict=False))
    page.open("?" + urlencode({**fields, PAYLOADS[0]: PAYLOADS[1]}) + "#" + PAYLOADS[0])
    assert PAYLOADS[0] in page.text("message")
    quiet(page)


def test_texts_of_a_session_file_are_texts(page):
    text = page.promise(SESSION)
    for name, payload in zip(FIELDS, PAYLOADS, strict=False):
        session = json.loads(text)
        session["fields"][name] = payload
        page.bring(json.dumps(session), "session.json")
    session = json.loads(text)
    session["fields"][PAYLOADS[0]] = PAYLOADS[1]
    session["run"]["batch"] = session["made"] = PAYLOADS[0]
    session["history"] = {
        "branches": [{"id": p, "from": p, "points": [p], "kept": [p]} for p in PAYLOADS],
        "current": "__proto__",
        "at": 0,
    }
    session["own"] = {"key": PAYLOADS[0], "kind": "__proto__", "features": PAYLOADS}
    page.bring(json.dumps(session), "session.json")
    quiet(page)
    assert ["400" in line for line in page.complaints()] == [True]


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
    page.wait("window.Plotly")
    links, text = page.promise(PLOTTED, PAYLOADS[:12], True)
    assert links == 0 and PAYLOADS[0] in text and PAYLOADS[9] in text
    assert page.promise(PLOTTED, ["<a href='https://example.org'>x</a>"], False)[0] > 0
    quiet(page)

"""Saving files and checking the gradient on the real page."""

import base64
import re
import struct
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from itertools import product

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

import engine
from components.requests.export import answer_export
from tests.components.requests.test_export import NETWORKS


@pytest.fixture
def saved(page, tmp_path):
    """Press a button of the export dialog and return the file that it saves."""
    where = {"behavior": "allow", "downloadPath": str(tmp_path)}
    page.driver.execute_cdp_cmd("Browser.setDownloadBehavior", where)

    def save(button, saved="Saved: "):
        page.click(button)
        told = "document.getElementById('export-told').textContent"
        name = page.wait(f"/^{saved}/.test({told}) && {told}").removeprefix(saved)
        path = tmp_path / name
        # Chromium reserves the name with an empty file and moves the whole one there.
        WebDriverWait(page.driver, 20, poll_frequency=0.05).until(
            lambda _: path.exists() and path.stat().st_size
        )
        content = path.read_bytes()
        path.unlink()  # or the next of this name gets another one
        return name, content

    return save


def test_texts_are_those_of_the_stage_with_its_moved_weights(page, saved):
    page.click("step-forward", "step-forward", "step-forward", "step-backward", "step-backward")
    page.click("apply-update", "step-forward")
    page.wait_at(1, 0)
    stage = page.js("return deltaflow.stage()")
    page.click("export")
    name, content = saved("export-json")
    assert name == "deltaflow-3-3-2-step2.json"
    assert content.decode() == answer_export({**stage, "format": "json"})["text"]
    page.click("export-solutions")
    name, content = saved("export-latex")
    assert name == "deltaflow-3-3-2-step2-solutions.tex"
    asked = {**stage, "format": "latex", "solutions": True, "digits": 6}
    assert content.decode() == answer_export(asked)["text"]


def test_texts_are_in_the_language_of_the_page(page, saved):
    page.open("?lang=zh")
    stage = page.js("return deltaflow.stage()")
    page.click("export")
    _, content = saved("export-markdown", "已保存：")
    asked = {**stage, "format": "markdown", "language": "zh"}
    assert content.decode() == answer_export(asked)["text"]
    assert content.decode().startswith("# 练习单：")


def test_the_svg_stands_alone(page, saved):
    page.click("step-forward")
    for theme, paper in (("light", "#ffffff"), ("dark", "#14171a")):
        page.js("document.documentElement.dataset.bsTheme = arguments[0]", theme)
        page.wait("!document.querySelector('#network').getAnimations({subtree: true}).length")
        page.js("document.getElementById('export-told').replaceChildren()")
        page.click("export")
        _, content = saved("export-svg")
        page.js("document.getElementById('export-dialog').close()")
        hold_alone(page, content.decode(), paper)


def hold_alone(page, text, paper):
    assert "var(" not in text
    assert "class=" not in text
    assert "color-mix" not in text
    drawn = list(ElementTree.fromstring(text).iter())
    paints = {e.get(name) for e in drawn for name in ("fill", "stroke")} - {None, "none"}
    assert all(len(paint) == 7 and paint[0] == "#" for paint in paints)
    ground = next(e for e in drawn if e.tag.endswith("rect"))
    assert ground.get("fill") == paper
    shown = page.js(
        "return [...document.querySelectorAll('#network text')].map((t) => t.textContent)"
    )
    assert [e.text or "" for e in drawn if e.tag.endswith("text")] == shown
    # The edges, above them the dashes of what is computed, above both the neurons.
    kinds = [
        "flow"
        if e.tag.endswith("path") and e.get("stroke-dasharray", "none") != "none"
        else e.tag.split("}")[1]
        for e in drawn
    ]
    assert kinds.count("flow") == 1
    assert kinds.index("line") < kinds.index("flow") < kinds.index("circle")
    circles = [e for e in drawn if e.tag.endswith("circle")]
    assert len(circles) == 8
    assert all(float(c.get("r").removesuffix("px")) > 0 for c in circles)


def test_the_png_is_the_drawing_at_twice_its_size_and_not_empty(page, saved):
    page.click("export")
    _, content = saved("export-png")
    assert content.startswith(b"\x89PNG")
    size = struct.unpack(">II", content[16:24])
    box = page.js("return document.querySelector('#network svg').viewBox.baseVal")
    assert size == (int(2 * box["width"]), int(2 * box["height"]))
    colors = page.promise(
        "const image = new Image(); image.src = 'data:image/png;base64,' + given[0];"
        "await image.decode();"
        "const canvas = document.createElement('canvas');"
        "[canvas.width, canvas.height] = [image.width, image.height];"
        "const context = canvas.getContext('2d'); context.drawImage(image, 0, 0);"
        "const all = context.getImageData(0, 0, canvas.width, canvas.height).data;"
        "return new Set(new Uint32Array(all.buffer)).size",
        base64.b64encode(content).decode(),
    )
    assert colors > 100


def verdict(page):
    page.click("check")
    page.wait("document.getElementById('check-verdict').textContent.includes('gradient')")
    shown = page.driver.find_element(By.ID, "check-verdict")
    return shown.text, shown.get_attribute("class")


def test_the_gradient_agrees_and_a_broken_derivative_turns_it_red(page, monkeypatch):
    text, state = verdict(page)
    assert "The analytic and the numerical gradient agree: largest relative error " in text
    assert state == "agree"
    page.click("check-count")
    rows = page.driver.find_elements(By.CSS_SELECTOR, "#check-rows tr")
    assert len(rows) == 20
    page.driver.find_element(By.CSS_SELECTOR, "#check-dialog form button").click()
    row = engine.ACTIVATIONS["sigmoid"]
    wrong = replace(row, derivative=lambda z: 1.01 * row.derivative(z))
    monkeypatch.setitem(engine.ACTIVATIONS, "sigmoid", wrong)
    text, state = verdict(page)
    assert "do not agree" in text
    assert state == "disagree"
    colors = page.js(
        "const style = (e) => getComputedStyle(e);"
        "const probe = document.createElement('i'); document.body.append(probe);"
        "probe.style.color = 'var(--error)'; const wanted = style(probe).color; probe.remove();"
        "return [style(document.getElementById('check-verdict')).color, wanted]"
    )
    assert colors[0] == colors[1]


def test_every_formula_of_a_worksheet_typesets(page):
    page.wait("Boolean(window.MathJax?.tex2svg)")
    typeset = set()  # the forms of formulas, which are the same with other numbers
    for solutions, (name, fields) in product((False, True), NETWORKS.items()):
        asked = {"fields": fields, "format": "markdown", "solutions": solutions}
        pieces = answer_export(asked)["text"].split("$")
        # Between two dollars of a pair stands nothing, so that every second piece is mathematics.
        formulas = [piece for piece in pieces[1::2] if piece.strip()]
        formulas += [piece for piece in pieces[::2] if r"\begin" in piece]
        assert len(formulas) > 10
        fresh = {re.sub(r"\d+(\.\d+)?", "0", tex): tex for tex in formulas}
        fresh = {form: tex for form, tex in fresh.items() if form not in typeset}
        typeset |= set(fresh)
        wrong = page.js(
            "return arguments[0].filter((tex) => {"
            "  const made = MathJax.tex2svg(tex, {display: true});"
            "  return made.querySelector('[data-mjx-error], [data-mml-node=merror]');"
            "})",
            list(fresh.values()),
        )
        assert wrong == [], name

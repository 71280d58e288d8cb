"""The walk in another language: written anew where it stands, without another pass."""

import re

NAMES = re.compile(r"(?<![A-Za-z])(?:sigmoid|tanh|ReLU|diag)(?![A-Za-z])")
# What views of the walk say, with what is said of them to those who hear the page.
SAID = """
return ["caption", "step-forward", "step-backward", "apply-update", "play", "position", "headings",
  "legend", "formula", "matrices", "numbers-layer", "convention", "train", "train-rate", "scores",
  "histograms", "confusion", "plot-words", "focused"]
  .map((id) => [id, document.getElementById(id)])
  .flatMap(([id, host]) => {
    const shown = [...host.querySelectorAll(".formula-row, .matrix-row, *")]
      .flatMap((one) => [one.getAttribute("title"), one.getAttribute("aria-label")]);
    const texts = document.createTreeWalker(host, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const { data, parentElement } = texts.currentNode;
      if (!parentElement.closest("mjx-container, summary")) shown.push(data);
    }
    return shown.filter(Boolean).map((text) => [id, text]);
  })
"""
PASSES = (
    "return performance.getEntriesByType('resource').filter((e) => /pass$/.test(e.name)).length"
)
CHOOSE = """
const select = document.getElementById("language");
select.value = arguments[0];
select.dispatchEvent(new Event("change", { bubbles: true }));
"""


def english(page):
    """The Latin words on the page that are no names."""
    found = []
    for place, text in page.js(SAID):
        if re.search(r"[A-Za-z]{3,}", NAMES.sub("", text)):
            found.append((place, text))
    return found


def speak(page, language, word):
    page.js(CHOOSE, language)
    page.wait("document.getElementById('caption').textContent.includes(arguments[0])", word)


def test_a_walk_is_written_anew_and_nothing_is_asked_again(page):
    page.open("?lang=en&granularity=neuron&update-biases=false")
    page.click("step-forward")
    page.wait("deltaflow.state.ahead")
    page.promise("await deltaflow.state.ahead")
    told, asked = page.text("caption"), page.js(PASSES)
    assert told.startswith("Forward, layer 2, neuron 1: z₁² = ") and "Next: Step forward" in told
    speak(page, "zh", "前向传播")
    for cursor in range(page.js("return deltaflow.state.pass.last") + 1):
        page.promise("await deltaflow.press('timeline', given[0])", cursor)
        assert english(page) == []
        page.click("matrices-tab")
        assert english(page) == []
        page.click("formula-tab")
    page.wait("document.getElementById('formula').textContent.includes('偏置固定')")
    page.promise("await deltaflow.press('timeline', 1)")
    speak(page, "en", "Forward, layer 2")
    assert (page.text("caption"), page.js(PASSES)) == (told, asked)


def test_plots_and_scores_of_a_run_are_written_anew(page):
    page.open("?lang=zh&dataset=xor&layer-sizes=2-4-1&hidden-activation=relu")
    page.click("train-batch")
    page.wait("deltaflow.state.run.batch === 1 && !deltaflow.state.training")
    for tab in ("plot-histograms", "plot-confusion"):
        page.click(tab)
        page.wait("document.getElementById(arguments[0]).textContent", tab.removeprefix("plot-"))
        assert english(page) == []

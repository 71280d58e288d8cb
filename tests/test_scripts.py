"""What no script of the page may do, read from the sources: no text becomes markup or code."""

import re
from pathlib import Path

import pytest

SCRIPTS = sorted((Path(__file__).parents[1] / "assets").rglob("*.js"))
# Each way in which a browser makes elements or code of a text; a name in brackets counts as well.
SINKS = re.compile(
    r"""
    innerHTML | outerHTML | insertAdjacentHTML | createContextualFragment | setHTML | srcdoc
    | DOMParser | parseFromString | XSLTProcessor | document\s*\.\s*write
    | \beval\s*\( | \bnew\s+Function\b
    | \bset(?:Timeout|Interval)\s*\(\s*["'`]
    | setAttribute(?:NS)?\s*\(\s*["'`]\s*(?:on|style|srcdoc)
    | ["'`]on[a-z]+["'`]\s*: | \.cssText\b | javascript:
    | \b(?:make|draw)\s*\([^)]*\b(?:on[a-z]+|style|srcdoc)["']?\s*:
    """,
    re.VERBOSE | re.IGNORECASE,
)
# Tags in a text of ours: whoever writes one means to have it read as markup.
TAGS = re.compile(r"""["'`][^"'`\n]*</?(?:[a-z][a-z0-9]*)[\s>/][^"'`\n]*""")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_no_script_makes_markup_or_code_of_a_text(script):
    lines = script.read_text(encoding="utf-8").splitlines()
    found = [f"{n}: {line.strip()}" for n, line in enumerate(lines, 1) if SINKS.search(line)]
    assert found == []


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_no_script_writes_a_tag(script):
    lines = script.read_text(encoding="utf-8").splitlines()
    # What Plotly reads: a layer's number of ours raised, and the lines of a text made harmless.
    for allowed in ("`<sup>${l}</sup>`", '.replaceAll("\\n", "<br>")'):
        lines = [line.replace(allowed, "") for line in lines]
    found = [f"{n}: {line.strip()}" for n, line in enumerate(lines, 1) if TAGS.search(line)]
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        "host.innerHTML = text;",
        'by("x")["outerHTML"] = text;',
        "host.insertAdjacentHTML('beforeend', text)",
        "document.write(text)",
        "new DOMParser().parseFromString(text, 'text/html')",
        "range.createContextualFragment(text)",
        "link.setAttribute('onclick', text)",
        'make("a", { onclick: text })',
        'make("p", { style: `color: ${text}` })',
        'setTimeout("run()", 1)',
        "new Function(text)",
        'link.href = "javascript:void 0"',
    ],
)
def test_the_search_finds_what_it_is_for(line):
    assert SINKS.search(line)


def test_the_search_finds_tags():
    assert TAGS.search("return `<td title=${x}>${n}</td>`;")
    assert not TAGS.search("if (a < b && c > d) return `${a}`;")

"""The scripts that Dash and Plotly ship and the browser brings by itself.

MathJax is a part of the bundle of Dash's components, and needs none of them: the browser runs it
alone where its file has the form that is known here. Of another release of Dash, where it has not,
Dash's own components bring it, which takes longer.
"""

import re
from pathlib import Path
from types import ModuleType
from typing import Final

import dash
import plotly
from dash.fingerprint import build_fingerprint

__all__ = ["describe_mathjax", "mathjax_link", "plotly_path"]

MATHJAX: Final = "dcc/async-mathjax.js"
PLOTLY: Final = "package_data/plotly.min.js"
# The bundle that the part belongs to, the number of the part, the module that begins, and the two
# that stand elsewhere in the bundle: a console and what Node calls process.
FORM: Final = re.compile(
    r"\(self\.webpackChunkdash_core_components=self\.webpackChunkdash_core_components\|\|\[\]\)"
    r"\.push\(\[\[(?P<part>\d+)\],\{(?P<entry>\d+):function\(\w,\w,\w\)"
    r'\{"use strict";\w\.r\(\w\),\w\((?P<all>\d+)\),'
    r"window\.MathJax\.config\.startup\.typeset=!1\},"
    r"(?P<follows>\d+):function\(\w+,\w+,__webpack_require__\)\{"
    r"var console=__webpack_require__\((?P<console>\d+)\),"
    r"process=__webpack_require__\((?P<process>\d+)\);"
)
NEEDS: Final = re.compile(r"\b__webpack_require__\b")


def describe_mathjax(script: str) -> dict[str, str]:
    """The numbers by which the browser runs MathJax alone; none where the form is another."""
    found = FORM.match(script)
    if found is None or found["all"] != found["follows"]:
        return {}
    if len(NEEDS.findall(script)) != len(NEEDS.findall(found[0])):
        return {}
    return {name: found[name] for name in ("part", "entry", "console", "process")}


def _file(package: ModuleType, name: str) -> Path:
    assert package.__file__ is not None
    return Path(package.__file__).parent / name


def _lasting(package: ModuleType, name: str) -> str:
    """The path of a package's file with the fingerprint by which it may be kept for ever."""
    changed = int(_file(package, name).stat().st_mtime)
    named = build_fingerprint(name, package.__version__, changed)
    return f"/_dash-component-suites/{package.__name__}/{named}"


def plotly_path() -> str:
    """The path of plotly.js."""
    return _lasting(plotly, PLOTLY)


def mathjax_link(below: str) -> dict[str, str]:
    """The attributes of a link to MathJax, under a prefix: its address, and how it is run."""
    described = describe_mathjax(_file(dash, MATHJAX).read_text(encoding="utf-8"))
    data = {f"data-{name}": number for name, number in described.items()}
    return {"href": below + _lasting(dash, MATHJAX), **data}

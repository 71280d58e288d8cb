"""The scripts that Dash and Plotly ship: where they are, and how MathJax is run alone."""

import pytest

from app import create_app
from components.delivery.dash_scripts import describe_mathjax, mathjax_link

HEAD = (
    "(self.webpackChunkdash_core_components=self.webpackChunkdash_core_components||[])"
    '.push([[81],{3046:function(t,e,r){"use strict";r.r(e),r(9220),'
    "window.MathJax.config.startup.typeset=!1},"
    "9220:function(__unused_webpack_module,__unused_webpack_exports,__webpack_require__){"
    "var console=__webpack_require__(6763),process=__webpack_require__(5606);"
)
REST = "(function(){__nested_webpack_require_1__(7)})()}}]);"


def test_the_installed_mathjax_has_the_form_that_is_run_alone():
    link = mathjax_link("/below")
    assert link["href"].startswith("/below/_dash-component-suites/dash/dcc/async-mathjax.")
    numbers = {name: link[f"data-{name}"] for name in ("part", "entry", "console", "process")}
    assert all(number.isdecimal() for number in numbers.values())


def test_the_numbers_are_those_of_the_file():
    found = {"part": "81", "entry": "3046", "console": "6763", "process": "5606"}
    assert describe_mathjax(HEAD + REST) == found


@pytest.mark.parametrize(
    "script",
    [
        "",
        HEAD.replace("r(9220)", "r(9221)") + REST,
        HEAD.replace("dash_core_components=self", "dash_core=self") + REST,
        HEAD + "__webpack_require__(12);" + REST,
        " " + HEAD + REST,
    ],
)
def test_another_form_is_not_run_alone(script):
    assert describe_mathjax(script) == {}


def test_its_path_lasts():
    answer = create_app().server.test_client().get(mathjax_link("")["href"])
    assert answer.status_code == 200 and "immutable" in answer.headers["Cache-Control"]

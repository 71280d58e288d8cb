"""Modules become one script that does the same; what cannot be linked is refused at the start."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from components.delivery.link import link, link_apart, read_module
from tests.node import find_node

ASSETS = Path(__file__).parents[3] / "assets"


@pytest.fixture
def write(tmp_path):
    """Write files {name: text}; the path of the first is what is linked."""

    def make(**files):
        for name, text in files.items():
            path = tmp_path / f"{name.replace('__', '/')}.js"
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path / f"{next(iter(files))}.js"

    return make


def run(script: str):
    """The value that a script writes to the console, by node."""
    return json.loads(subprocess.check_output([find_node(), "-e", script], text=True))


def test_each_module_comes_once_after_those_that_it_imports_and_keeps_its_names(write):
    entry = write(
        main='''// The entry.

import { twice as double } from "./lib/two.js";
import {
  count, NAME,
} from "./lib/one.js";

/** @param {number} n */
const own = (/** @type {number} */ n) => /** @type {any} */ (double(n)) + 1;
console.log(JSON.stringify([own(4), count(), NAME, typeof window, this === undefined]));
''',
        lib__one='''const own = "one";
export const NAME = own;
let n = 0;
export function count() {
  return ++n;
}
''',
        lib__two='''import { count } from "./one.js";
count();
export const twice = (n) => 2 * n;
export class Pair {}
export async function later() {}
''',
    )  # fmt: skip
    script = link(entry)
    assert run(script) == [9, 2, "one", "undefined", True]
    assert "@param" not in script and "@type" not in script and "The entry" not in script
    assert re.findall(r"^// .*/(\w+)\.js$", script, re.M) == ["one", "two", "main"]
    assert read_module(entry.parent / "lib/two.js").exports == ("twice", "Pair", "later")


def test_a_later_script_has_its_own_modules_and_those_of_the_first_as_they_are(write):
    entry = write(
        main='import { count } from "./lib/one.js";\ncount();\n',
        lib__one="let n = 0;\nexport function count() {\n  return ++n;\n}\n",
        lib__two='import { count } from "./one.js";\nexport const again = () => count();\n',
        later='import { again } from "./lib/two.js";\nimport { count } from "./lib/one.js";\n'
        "console.log(JSON.stringify([again(), count()]));\n",
    )
    first, later = link_apart(entry, entry.parent / "later.js")
    assert run(f"const window = globalThis;\n{first}{later}") == [2, 3]
    assert "n = 0" in first and "n = 0" not in later and "again" not in first


@pytest.mark.parametrize(
    "line",
    [
        "export default 1;",
        "export { a };",
        'export * from "./one.js";',
        "export let a = 1;",
        "export const { a } = {};",
        'import one from "./one.js";',
        'import * as one from "./one.js";',
        'import "./one.js";',
        "import { a } from './one.js';",
        'import { a } from "one";',
        'import { a } from "https://elsewhere/one.js";',
        'import { default as a } from "./one.js";',
        'import { a b } from "./one.js";',
        'const a = await import("./one.js");',
        "const here = import.meta.url;",
        'const before = 1;\nimport { a } from "./one.js";',
        '  import { a } from "./one.js";',
    ],
)
def test_other_forms_are_refused(write, line):
    with pytest.raises(ValueError, match=r"main\.js: .*(Allowed|exports no|could)"):
        link(write(main=f"{line}\n", one="export const a = 1;\n"))


def test_what_only_looks_like_module_syntax_is_let_through(write):
    entry = write(
        main="const x = {\n  export: 1,\n  import: 2,\n};\nconsole.log(JSON.stringify(x));\n"
    )
    assert run(link(entry)) == {"export": 1, "import": 2}


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ({"main": 'import { a } from "./none.js";\n'}, r"none\.js: there is no such file"),
        ({"main": 'import { b } from "./one.js";\n', "one": "export const a = 1;\n"}, "no b"),
        ({"main": 'import { a } from "./one.js";\n', "one": 'import { a } from "./main.js";\n'},
         r"main\.js > one\.js > main\.js"),
        ({"main": 'import { a } from "./main.js";\nexport const a = 1;\n'}, r"main\.js > main\.js"),
        ({"main": 'import { a, a } from "./one.js";\n', "one": "export const a = 1;\n"}, "twice"),
        ({"main": 'import { a } from "./one.js";\nimport { a } from "./one.js";\n',
          "one": "export const a = 1;\n"}, "a is imported twice"),
        ({"main": "export const a = 1;\nexport function a() {}\n"}, "exported twice"),
    ],
)  # fmt: skip
def test_what_is_missing_doubled_or_circular_is_told_with_its_file(write, files, why):
    with pytest.raises(ValueError, match=why):
        link(write(**files))


def test_the_modules_of_the_page_are_one_strict_script_that_sets_three_names():
    script, later = link_apart(ASSETS / "dash.js", ASSETS / "later.js")
    assert script.startswith('(function () {\n"use strict";\n')
    assert not re.search(r"^\s*(import|export)\b(?!:)", script, re.M)
    (given,) = re.findall(r"^Object\.assign\(window, \{ (.*) \}\);$", script, re.M)
    assert re.findall(r"(\w+): ", given) == ["dash_clientside", "deltaflow"]
    handed = re.findall(r"\bwindow\.(\w+) = \[", script)
    assert handed == ["deltaflowModules"] and "window.deltaflowModules;" in later
    for one in (script.replace("window.deltaflowModules = [", ""), later):
        assert not re.search(r"\bwindow\.\w+ = |\bglobalThis\b", one)

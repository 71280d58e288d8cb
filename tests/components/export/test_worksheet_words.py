"""Worksheets and programs in Chinese: the numbers and the TeX of the English ones, other words."""

import ast
import re

import pytest

from components import ids
from components.export.programs import numpy_program, torch_program
from components.export.tex_width import width
from components.export.training_step import compute_step
from components.export.worksheet import latex_worksheet, markdown_worksheet
from components.requests.reading import read_stage
from tests.components.requests.test_export import NETWORKS, assert_balanced
from tests.test_catalogs import ENGLISH, NAMES

CASES = {
    **NETWORKS,
    "frozen biases": {ids.UPDATE_BIASES: "false", ids.LOSS: "log_cosh"},
    "nine neurons": {ids.LAYER_SIZES: "2-9-2", ids.OUTPUT_ACTIVATION: "bipolar_sigmoid"},
    "a layer of 128": {ids.LAYER_SIZES: "2-128-2", ids.LOSS: "huber"},
    "deep": {ids.LAYER_SIZES: "-".join("2" * 10), ids.HIDDEN_ACTIVATION: "selu"},
}
every_case = pytest.mark.parametrize("fields", CASES.values(), ids=CASES)
whether_solved = pytest.mark.parametrize("solutions", [False, True], ids=["blank", "solved"])
every_build = pytest.mark.parametrize("build", [markdown_worksheet, latex_worksheet])
every_program = pytest.mark.parametrize("build", [numpy_program, torch_program])
WORDS = re.compile(r"\\text\{([^{}]*)\}")
INLINE = re.compile(r"\$([^$\n]+)\$")
MATH = re.compile(r"\\begin\{align(?:ed|\*)\}.*?\\end\{align(?:ed|\*)\}", re.DOTALL)
STRUCTURE = re.compile(
    r"^(?:\\begin|\\end|\\(?:sub)?section|\\all|#+|\$\$).*?(?=[\s{]|$)", re.MULTILINE
)
PACKAGES = re.compile(r"\\documentclass.*|\\usepackage.*|\\[a-z]+\*?|\{document\}")
NUMBER = re.compile(r"\d+")


def both(build, fields, solutions, digits=8):
    step = compute_step(read_stage({"fields": fields}))
    return [build(step, solutions, digits, language) for language in ("en", "zh")]


def formulas(text):
    """The TeX in blocks, its words taken out."""
    return [WORDS.sub(r"\\text{}", block) for block in MATH.findall(text)]


def inline(text):
    """The TeX within sentences, its words taken out."""
    return {WORDS.sub(r"\\text{}", tex) for tex in INLINE.findall(MATH.sub(" ", text))}


def prose(text):
    """The words of a worksheet: what stands outside of its TeX, and what is told within."""
    return PACKAGES.sub(" ", INLINE.sub(" ", MATH.sub(" ", text))) + " ".join(WORDS.findall(text))


def numbers_told(text):
    """The numbers in sentences and headings and in the words of formulas, whatever the order."""
    told = MATH.sub(" ", PACKAGES.sub(" ", text)) + " ".join(WORDS.findall(text))
    return sorted(NUMBER.findall(told))


@every_build
@whether_solved
@every_case
def test_numbers_and_formulas_are_those_of_the_english_worksheet(fields, solutions, build):
    english, chinese = both(build, fields, solutions)
    assert len(formulas(english)) >= 8
    assert formulas(english) == formulas(chinese)
    assert numbers_told(english) == numbers_told(chinese)
    # Chinese writes a list of numbers as a formula.
    assert {tex for tex in inline(chinese) if not re.fullmatch(r"[\d, ]+", tex)} == inline(english)
    assert STRUCTURE.findall(english) == STRUCTURE.findall(chinese)


@every_build
@whether_solved
@every_case
def test_no_english_is_left_but_names(fields, solutions, build):
    _, chinese = both(build, fields, solutions)
    assert [word for word in ENGLISH.findall(prose(chinese)) if word not in NAMES] == []
    assert len(re.findall(r"[\u4e00-\u9fff]", chinese)) > 100


@every_case
def test_dollars_have_blanks_beside_them(fields):
    """GitHub's Markdown takes a dollar beside a letter or a Chinese full stop as one of money."""
    _, chinese = both(markdown_worksheet, fields, True)
    left = MATH.sub("", chinese).replace("$$", "")
    assert left.count("$") == 2 * len(INLINE.findall(left))
    for found in INLINE.finditer(left):
        assert left[found.start() - 1] in " \n", found[0]
        assert left[found.end()] in " \n；，。", found[0]


@whether_solved
@every_case
def test_chinese_latex_is_for_ctex_and_says_how_it_is_typeset(fields, solutions):
    english, chinese = both(latex_worksheet, fields, solutions)
    assert "ctex" not in english and english.isascii()
    assert re.match(r"% .*xelatex.*ctex.*\n\\documentclass", chinese)
    assert chinese.index("{ctex}") < chinese.index(r"\begin{document}")
    assert_balanced(chinese)
    # Formulas have Chinese characters in words alone.
    assert all(block.isascii() for block in formulas(chinese))


def test_a_chinese_character_is_one_em_wide():
    assert width(r"\text{样本}") == 20
    assert width(r"J_{\text{样本}}") == width("J") + 0.8 * 20
    assert width(r"\text{第1列}") > 20 + width(r"\text{1}")
    assert width(r"\text{sigmoid（）}") >= 20 + width(r"\text{sigmoid}")


@every_program
@every_case
def test_a_program_says_of_itself_what_it_does_and_its_code_stays(fields, build):
    step = compute_step(read_stage({"fields": fields}))
    english, chinese = (ast.parse(build(step, language)) for language in ("en", "zh"))
    told = [ast.get_docstring(tree) for tree in (english, chinese)]
    assert [word for word in ENGLISH.findall(told[1]) if word not in NAMES] == []
    assert sorted(NUMBER.findall(told[0])) == sorted(NUMBER.findall(told[1]))
    assert len(told[0].splitlines()) == len(told[1].splitlines()) == 3
    code = [ast.dump(ast.Module(tree.body[1:], [])) for tree in (english, chinese)]
    assert code[0] == code[1]

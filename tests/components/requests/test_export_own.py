"""What was done to a table of one's own stands in what is exported."""

import ast
import json

import pytest

from components import ids
from components.requests.export import answer_export
from components.requests.own_table import answer_read

TEXT = 'Id;"a\nimport os";v\n1;$1.000,5;2\n2;$8,5;3\n3;;5\n4;$2,5;7,5\n'
COMMENTS = [
    "# “$” is left off in column 2 (a␊import os): “$1.000,5”, row 2, is 1000.5.",
    "# Column 1 (Id) numbers the rows: it is left out.",
    "# 1 row is left out for it, 3 remain.",
]


@pytest.fixture(scope="module")
def stage():
    asked = {"text": TEXT, "kind": "regression", "use": True, "salt": "0a" * 16}
    own = answer_read(asked)["own"]
    fields = {ids.DATASET: "own", ids.OWN_DATA: own["name"], ids.LAYER_SIZES: "1-2-1"}
    return {"fields": fields, "own": own, "changed": ids.DATASET}


@pytest.mark.parametrize("form", ["numpy", "torch"])
def test_programs_say_it_in_comments(stage, form):
    text = answer_export({**stage, "format": form})["text"]
    lines = text.splitlines()
    assert "# What was done to the table of the data:" in lines
    assert [line for line in COMMENTS if line not in lines] == []
    imports = [n.names[0].name for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Import)]
    assert imports == [{"torch": "torch", "numpy": "numpy"}[form]]


def test_the_table_of_numbers_says_it_in_a_field(stage):
    content = json.loads(answer_export({**stage, "format": "json", "language": "zh"})["text"])
    assert "第1列（Id）是行的编号：不使用。" in content["data_steps"]
    other = json.loads(answer_export({"fields": {}, "format": "json"})["text"])
    assert "data_steps" not in other

"""The runs that the README links to reach what it says, by the turns that the page asks for."""

import re
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

from components import ids
from components.requests.train import answer_turn

README = (Path(__file__).parent.parent.parent / "README.md").read_text(encoding="utf-8")
RUNS = {
    name: dict(parse_qsl(query)) for name, query in re.findall(r"\| (\w+) \| `\?(.*?)`", README)
}


def run(fields):
    start = answer_turn({"fields": fields, "batches": 0})
    answer = answer_turn(
        {"fields": fields, "batches": int(fields[ids.EPOCHS]) * start["per_epoch"]}
    )
    assert answer["stopped"] is None
    return answer["metrics"]


@pytest.mark.parametrize("name", ["digits", "iris", "spirals", "sine"])
def test_what_is_learnt_holds_for_the_test_part(name):
    assert run(RUNS[name])["test_score"] >= 0.95


@pytest.mark.parametrize("seed", ["1", "2", "3", "4", "5"])
def test_xor_is_learnt_from_five_seeds(seed):
    metrics = run({**RUNS["XOR"], ids.SEED: seed})
    assert metrics["train_score"] == 1 and metrics["train_loss"] < 0.01

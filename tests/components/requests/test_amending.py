"""One number or one matrix of a stage changed: it alone, and everything else bit for bit."""

from base64 import b64decode, b64encode
from typing import Any

import numpy as np
import pytest

from components.refusal import RequestError
from components.requests.amend import answer_amend
from tests.english import answered

Json = dict[str, Any]


def encode(array: np.ndarray) -> str:
    return b64encode(array.astype("<f8").tobytes()).decode()


def stage(**fields: str) -> Json:
    """A 2-3-2 stage in mid-walk with weights that no seed makes."""
    rng = np.random.default_rng(3)
    shapes = {"w": {"2": (3, 2), "3": (2, 3)}, "b": {"2": (3, 1), "3": (2, 1)}}
    weights = {
        symbol: {layer: encode(rng.normal(size=shape)) for layer, shape in layers.items()}
        for symbol, layers in shapes.items()
    }
    texts = {"layer-sizes": "2-3-2", "sample-x": "0.1, 0.3", "sample-y": "1, 0"}
    return {"fields": texts | fields, "weights": weights, "iteration": 4}


SOFTMAX = {"output-activation": "softmax", "loss": "cross_entropy"}
BINARY = {"output-activation": "sigmoid", "loss": "binary_cross_entropy"}


def amend(body: Json, symbol: str, layer: int, text: str, *place: int) -> Json:
    where = {"row": place[0], "col": place[1]} if place else {}
    return answered(answer_amend, {**body, "symbol": symbol, "layer": layer, "text": text, **where})


def decoded(text: str) -> np.ndarray:
    return np.frombuffer(b64decode(text), "<f8")


def test_one_weight_changes_and_nothing_else() -> None:
    body = stage()
    answer = amend(body, "w", 3, "1/3", 2, 1)
    expected = decoded(body["weights"]["w"]["3"]).copy()
    expected[3] = 1 / 3
    assert decoded(answer["weights"]["w"]["3"]).tobytes() == expected.tobytes()
    body["weights"]["w"]["3"] = answer["weights"]["w"]["3"]
    assert answer["weights"] == body["weights"]
    assert answer["told"].startswith("w₂₁³")


def test_a_pasted_bias_vector_may_be_a_row() -> None:
    body = stage()
    answer = amend(body, "b", 2, "[0.1, 0.2, 0.3]")
    assert decoded(answer["weights"]["b"]["2"]).tolist() == [0.1, 0.2, 0.3]
    assert answer["weights"]["w"] == body["weights"]["w"]


def test_an_edited_input_is_typed_by_hand_and_keeps_the_weights() -> None:
    body = stage(dataset="xor", sample="2", **SOFTMAX)
    answer = amend(body, "x", 1, "0,25", 2, 1)
    assert answer["fields"]["dataset"] == "by_hand"
    assert answer["fields"]["sample-x"] == "0, 0.25"
    assert answer["fields"]["sample-y"] == "0, 1"
    assert answer["weights"] == body["weights"]


def test_one_sample_of_a_batch_changes() -> None:
    body = stage(**{"sample-x": "1, 2; 3, 4; 0.1, 6", "sample-y": "1, 0; 0, 1; 1, 0"})
    assert amend(body, "x", 1, "-7", 2, 3)["fields"]["sample-x"] == "1, 2; 3, 4; 0.1, -7"
    whole = amend(body, "y", 3, "1 2 3\n4 5 6")
    assert whole["fields"]["sample-y"] == "1, 4; 2, 5; 3, 6"


@pytest.mark.parametrize(
    ("symbol", "layer", "text", "place", "fields", "said"),
    [
        ("w", 2, "abc", (3, 1), {}, ["w₃₁²", "“abc”", "-", "1000000", "1/2"]),
        ("b", 3, "", (2, 1), {}, ["b₂³", "empty"]),
        ("x", 1, "1/0", (1, 1), {}, ["x₁", "“1/0”"]),
        ("w", 3, "1 2\n3 4", (), {}, ["w³ is 2×3", "2×2"]),
        ("y", 3, "0.5", (1, 1), SOFTMAX, ["y₁", "sum is 1", "Paste"]),
        ("y", 3, "0.5, 0.4", (), SOFTMAX, ["y", "sum is 1"]),
        ("y", 3, "2", (1, 1), BINARY, ["y₁", "“2”", "from 0 to 1"]),
    ],
)
def test_a_refusal_names_the_place_and_what_is_allowed(
    symbol: str, layer: int, text: str, place: tuple[int, ...], fields: Json, said: list[str]
) -> None:
    refused = amend(stage(**fields), symbol, layer, text, *place)["refused"]
    assert refused["field"] is None
    assert all(words in refused["text"].replace("−", "-") for words in said), refused["text"]


def test_softmax_targets_change_together() -> None:
    answer = amend(stage(**SOFTMAX), "y", 3, "0.25 0.75")
    assert answer["fields"]["sample-y"] == "0.25, 0.75"


def test_more_samples_than_the_fields_hold_are_refused() -> None:
    rows = "; ".join([" ".join(["0.1"] * 30)] * 100)
    ends = "; ".join(["0.1, 0.2"] * 100)
    body = stage(**{"layer-sizes": "30-2-2", "sample-x": rows, "sample-y": ends})
    body["weights"] = None
    text = "\n".join(" ".join([repr(-1e-7 / 3)] * 100) for _ in range(30))
    assert "50000" in amend(body, "x", 1, text)["refused"]["text"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"symbol": "z"},
        {"symbol": ["w"]},
        {"text": 5},
        {"layer": 1},
        {"layer": 2.0},
        {"layer": True},
        {"row": 4},
        {"row": 0},
        {"col": None},
        {"symbol": "x"},
        {"symbol": "y"},
    ],
)
def test_a_place_that_the_stage_lacks_is_a_bad_request(wrong: Json) -> None:
    good = {"symbol": "w", "layer": 2, "row": 1, "col": 1, "text": "1"}
    assert "weights" in answer_amend({**stage(), **good})
    with pytest.raises(RequestError):
        answer_amend({**stage(), **good, **wrong})

"""Files of layers in some order."""

from base64 import b64encode
from itertools import pairwise

import numpy as np

from components.requests.weights import answer_weights_read
from components.weights.layers import Question
from tests.english import answered


def network(names, sizes, bias=True, ending="weight"):
    """A file of PyTorch's kind: named layers in the order they have, all numbers different."""
    arrays = {}
    for i, (name, (k, n)) in enumerate(zip(names, pairwise(sizes), strict=True)):
        w = np.random.default_rng(i).normal(size=(n, k))
        arrays[f"{name}.{ending}"] = w.T.copy() if ending == "kernel" else w
        if bias:
            arrays[f"{name}.bias"] = np.random.default_rng(100 + i).normal(size=n)
    return arrays


def stems(layers):
    """The names in the order that was told."""
    order = layers.told[0].arguments["order"]
    return [name.rsplit(".", 1)[0] for name in order.split(" → ")]


def asked(question):
    assert isinstance(question, Question)
    return [[name.rsplit(".", 1)[0] for name in choice.order] for choice, _ in question.choices]


def asked_of(content, **more):
    return answered(
        answer_weights_read,
        {"fields": {}, "name": "file", "content": b64encode(content).decode(), **more},
    )

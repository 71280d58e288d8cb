"""The activations: one row says everything about one of them, and nothing else knows its name."""

from collections.abc import Mapping
from typing import Final

from engine.activations.activation import Activation
from engine.activations.gated import GELU, MISH, SILU
from engine.activations.rectifiers import ELU, LEAKY_RELU, LINEAR, RELU, SELU, SOFTPLUS
from engine.activations.sigmoids import BIPOLAR_SIGMOID, SIGMOID, SOFTMAX, TANH
from engine.tables import table

__all__ = ["ACTIVATIONS", "Activation"]

ACTIVATIONS: Final[Mapping[str, Activation]] = table(
    SIGMOID,
    BIPOLAR_SIGMOID,
    TANH,
    RELU,
    LEAKY_RELU,
    ELU,
    SELU,
    SOFTPLUS,
    SILU,
    GELU,
    MISH,
    LINEAR,
    SOFTMAX,
)

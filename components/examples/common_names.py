"""Names under which activations and losses are known elsewhere."""

from collections.abc import Mapping
from typing import Any, Final

import engine

__all__ = ["known_activation", "known_loss"]

# Without capitals, blanks, hyphens and underscores.
ACTIVATIONS: Final = {
    **dict.fromkeys(("logistic", "logsig", "sigm", "expit", "unipolarsigmoid"), "sigmoid"),
    **dict.fromkeys(("identity", "none", "purelin", "id"), "linear"),
    **dict.fromkeys(("tansig", "hyperbolictangent"), "tanh"),
    **dict.fromkeys(("rectifier", "poslin", "rectifiedlinear"), "relu"),
    **dict.fromkeys(("swish",), "silu"),
    **dict.fromkeys(("bipolar",), "bipolar_sigmoid"),
}
LOSSES: Final = {
    **dict.fromkeys(("mse", "mseloss", "l2loss"), "mean_squared_error"),
    **dict.fromkeys(("sse", "sumofsquarederrors"), "squared_error"),
    **dict.fromkeys(("halfsse", "halfsquared", "halfse"), "half_squared_error"),
    **dict.fromkeys(("bce", "bceloss", "logloss"), "binary_cross_entropy"),
    **dict.fromkeys(("ce", "celoss", "categoricalcrossentropy", "nll"), "cross_entropy"),
    **dict.fromkeys(("huberloss", "smoothl1"), "huber"),
}


def _known(name: Any, table: Mapping[str, Any], others: Mapping[str, str]) -> Any:
    """The name of a row for a name it is known by; anything else as it is, to be refused."""
    if not isinstance(name, str) or name in table or len(name) > 40:
        return name
    plain = name.lower().translate(str.maketrans("", "", " -_"))
    own = {row.replace("_", ""): row for row in table}
    return own.get(plain, others.get(plain.replace("crossentropyloss", "crossentropy"), name))


def known_activation(name: Any) -> Any:
    """The engine's name of an activation, as sigmoid for logistic."""
    return _known(name, engine.ACTIVATIONS, ACTIVATIONS)


def known_loss(name: Any) -> Any:
    """The engine's name of a loss, as mean_squared_error for MSE."""
    return _known(name, engine.LOSSES, LOSSES)

"""Layers of other kinds, known by the names of their arrays: none of them can be shown here."""

from string import digits
from typing import Final

from components.messages import message
from components.weights.refusal import WeightFileError, array_error

__all__ = ["foreign", "looks_up", "refuse_foreign"]

# Parts of names without underscores and numbers.
WORDS: Final = {
    **dict.fromkeys(("layernorm", "layernormalization", "ln"), "LayerNorm"),
    **dict.fromkeys(("groupnorm", "groupnormalization"), "GroupNorm"),
    **dict.fromkeys(("rmsnorm", "rmsnormalization"), "RMSNorm"),
    **dict.fromkeys(("instancenorm", "instancenormalization"), "InstanceNorm"),
    **dict.fromkeys(("lstm", "lstmcell"), "LSTM"),
    **dict.fromkeys(("gru", "grucell"), "GRU"),
    **dict.fromkeys(("rnn", "recurrentkernel", "whh", "simplernn", "simplernncell"), "RNN"),
    **dict.fromkeys(("selfattn", "attn", "attention", "multiheadattention"), "attention"),
    **dict.fromkeys(("inprojweight", "inprojbias", "qproj", "kproj", "vproj"), "attention"),
    **dict.fromkeys(("wte", "wpe"), "Embedding"),
    **dict.fromkeys(("prelu", "alpha"), "PReLU"),
    **dict.fromkeys(("weightg", "weightv", "parametrizations", "original"), "weight_norm"),
    **dict.fromkeys(("loraa", "lorab"), "LoRA"),
}
BEGINNINGS: Final = {
    **dict.fromkeys(("weightih", "weighthh", "biasih", "biashh"), "RNN, LSTM, GRU"),
}
ENDS: Final = {"embedding": "Embedding", "embeddings": "Embedding"}
TABLES: Final = ("emb", "embed")


def _parts(name: str) -> list[str]:
    for mark in "/~:\\ '\"[]":
        name = name.replace(mark, ".")
    return [part.lower().replace("_", "").rstrip(digits) for part in name.split(".")]


def _kind(part: str) -> str | None:
    if part in WORDS:
        return WORDS[part]
    begun = (kind for words, kind in BEGINNINGS.items() if part.startswith(words))
    return next(begun, next((kind for words, kind in ENDS.items() if part.endswith(words)), None))


def looks_up(stem: str) -> bool:
    """Whether a matrix without a bias is the table of an Embedding by what it is called."""
    return any(part.endswith(TABLES) for part in _parts(stem))


def foreign(name: str, kind: str) -> WeightFileError:
    """That the layer of this array is of a kind that is not shown."""
    return array_error(name, message("refusal.weights.foreign", kind=kind))


def refuse_foreign(name: str) -> None:
    """Raises `WeightFileError` where the array is of a layer that is not shown, and names that."""
    for part in _parts(name):
        if kind := _kind(part):
            raise foreign(name, kind)

"""What the server answers about worked examples: a stage to load and what to show beside it."""

from collections.abc import Mapping
from functools import lru_cache
from threading import Lock
from typing import Any, Final

import numpy as np

import engine
from components.examples.comparison import Example, build_comparison, compare_exact, walk
from components.examples.files import published, read_examples, titles, write_file
from components.examples.reading import most_steps, read_example, stage_fields
from components.examples.wrong_order import build_mistake
from components.messages import Message, message
from components.requests.language import read_language
from components.requests.reading import read_flag, read_stage, read_text, read_whole, refuse
from components.wire import write_weights

__all__ = ["answer_example", "answer_example_file", "answer_example_text", "build_answer"]

FURTHER: Final = (10, 100, 1000)
LATER: Final = Lock()


def _exact_said(example: Example) -> Message | None:
    count, differing = compare_exact(example)
    if differing:
        return message("example.exact.differ", symbols=", ".join(differing))
    return message("example.exact.agree", number=count) if count else None


def _further(example: Example, nets: Mapping[int, engine.Network]) -> list[dict[str, Any]]:
    """J after each number of steps."""
    costs = {
        steps: engine.cost(net, engine.forward(net, example.x), example.y)
        for steps, net in nets.items()
    }
    return [{"steps": n, "state": n, "value": J} for n, J in costs.items() if np.isfinite(J)]


def build_answer(example: Example, whole: bool) -> dict[str, Any]:
    """The example's stage, `states` by number of steps, and all that is said about its numbers.

    Without `whole` the states after more than one step, which take a second, are left out; `more`
    says whether there are any.
    """
    later: set[int] = set()
    if example.learning_rate is not None:
        most = most_steps(example.net)
        later = {n for n in FURTHER if n <= most} | {p.steps for p in example.printed}
    stops = {0} | ({1} if later else set()) | (later if whole else set())
    nets = walk(example.net, example.steps, stops)
    rows = build_comparison(example, nets, stops)
    mistake = build_mistake(example, rows, stops)
    if mistake:
        wrong = mistake.pop("network")
        mistake["weights"] = write_weights(wrong.w, wrong.b)
    return {
        "title": example.title,
        "source": example.source,
        "fields": stage_fields(example),
        "states": {str(steps): write_weights(net.w, net.b) for steps, net in nets.items()},
        "rows": rows,
        "mistake": mistake,
        "further": _further(example, nets),
        "exact": _exact_said(example),
        "more": not whole and bool(later),
    }


@lru_cache(maxsize=32)
def _published_answer(name: str, whole: bool) -> dict[str, Any]:
    return build_answer(published()[name], whole)


def answer_example(body: Mapping[str, Any]) -> dict[str, Any]:
    """Answer {"name", "whole"} with a published example; see `build_answer`.

    Raises `RequestError` for a name that is not in the menu.
    """
    name = body.get("name")
    if not isinstance(name, str) or name not in published():
        raise refuse("name", name, ", ".join(published()))
    if not read_flag("whole", body.get("whole", False)):
        return _published_answer(name, False)
    # A hall that clicks the same example at once waits for one computation, not for thirty.
    with LATER:
        return _published_answer(name, True)


def answer_example_text(body: Mapping[str, Any]) -> dict[str, Any]:
    """Answer {"text", "whole", "at"} with an example of a person's file.

    Of a file with several the answer is {"menu"}, their titles, until `at` says which. Raises
    `ExampleError` for what is wrong in it, and `RequestError`.
    """
    whole = read_flag("whole", body.get("whole", False))
    text, at = read_text(body, "text"), body.get("at")
    entries = read_examples(text)
    if at is None and len(entries) > 1:
        return {"menu": titles(entries)}
    place = 1 if at is None else read_whole("at", at, 1, len(entries))
    return build_answer(read_example(entries[place - 1]), whole)


def answer_example_file(body: Mapping[str, Any]) -> dict[str, Any]:
    """Answer what is on the stage with {"name", "text"} of an example file that holds it.

    `language` is that of its title. Raises as `read_stage` and `read_language`.
    """
    stage = read_stage(body)
    sizes = "-".join(str(n) for n in stage.net.sizes)
    return {
        "name": f"deltaflow-example-{sizes}.json",
        "text": write_file(stage.config, stage.net, read_language(body)),
    }

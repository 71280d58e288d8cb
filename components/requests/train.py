"""One turn of a training run: so many batches from these weights, and what the plots show then.

A run is a chain of turns. The server keeps nothing of it: weights, the optimiser's state and the
number of batches done come with the request and go back with the answer, so that any process can
answer any turn and the cut into turns never changes a bit of the result.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Final

import engine
from components.config.stage import Stage
from components.config.texts import Config, write_config
from components.messages import message
from components.requests.marks import Passed, mark_batches, write_mark, write_state
from components.requests.reading import (
    null_or_object,
    read_array,
    read_flag,
    read_stage,
    read_whole,
    refuse,
)
from components.serving.gate import Gate
from components.serving.time_limit import TimeLimit
from components.training.data import Data, load_data
from components.training.evaluation import Evaluation, build_metrics
from components.training.views import VIEWS, build_views
from components.walk.captions import build_training_stop
from components.walk.scene import build_scene
from components.wire import write_weights

__all__ = ["TURN", "answer_turn", "most_batches", "through"]

TURN: Final = ("batch", "state", "batches", "views", "measured", "every", "waited")
LONGEST_WAITED: Final = 60_000
MOST_BATCHES: Final = 100_000
# Multiplications of one turn: about a second of one core.
MOST_WORK: Final = 4e9
MOST_DONE: Final = 10**12


@dataclass(frozen=True)
class Turn:
    """What a request asks for: `batches` more after those of `progress`, `measured` then or not.

    With a mark after each multiple of `every` batches on the way; 0 for none.
    """

    progress: engine.Progress
    batches: int
    views: tuple[str, ...]
    measured: bool
    every: int


def batch_size_of(config: Config, data: Data) -> int:
    """How many samples an update looks at: all of them, or as many as there are at most."""
    m = len(data.train)
    return min(config.training.batch_size or m, m)


def most_batches(config: Config, data: Data) -> int:
    """The most batches that one turn may have with this network and this data."""
    weights = sum(n * k for n, k in pairwise(config.sizes))
    return max(1, int(min(MOST_BATCHES, MOST_WORK / (6 * weights * batch_size_of(config, data)))))


def _whole(body: Mapping[str, Any], name: str, high: int) -> int:
    return read_whole(name, body.get(name, 0), 0, high)


def _read_progress(body: Mapping[str, Any], config: Config, net: engine.Network) -> engine.Progress:
    """How far a request's run has come; the state of another optimiser is left behind."""
    anew = engine.Progress(batch=_whole(body, "batch", MOST_DONE))
    slots = engine.OPTIMISERS[config.training.optimiser].slots
    asked = body.get("state")
    if asked is None:
        return anew
    if not isinstance(asked, dict) or set(asked) != {"steps", "slots"}:
        raise refuse("state", asked, null_or_object("steps", "slots"))
    if not isinstance(asked["slots"], dict):
        raise refuse("state.slots", asked["slots"], message("allowed.arrays_by_name"))
    if set(asked["slots"]) != set(slots):
        return anew
    count = sum(net.w[l].size + net.b[l].size for l in net.w)
    arrays = {
        name: read_array(f"state.slots.{name}", text, count, 1).ravel()
        for name, text in asked["slots"].items()
    }
    return replace(anew, steps=_whole(asked, "steps", MOST_DONE), slots=arrays)


def _read_turn(body: Mapping[str, Any], stage: Stage, data: Data) -> Turn:
    views = body.get("views", [])
    if not isinstance(views, list) or not all(view in list(VIEWS) for view in views):
        raise refuse("views", views, message("allowed.list_of", names=", ".join(VIEWS)))
    return Turn(
        progress=_read_progress(body, stage.config, stage.net),
        batches=_whole(body, "batches", most_batches(stage.config, data)),
        views=tuple(views),
        measured=read_flag("measured", body.get("measured", True)),
        every=_whole(body, "every", MOST_DONE),
    )


def _train(
    config: Config, data: Data, net: engine.Network, batches: int, progress: engine.Progress
) -> engine.Training:
    choice = config.training
    settings = engine.Settings(
        batch_size=batch_size_of(config, data),
        learning_rate=config.learning_rate,
        optimiser=choice.optimiser,
        l1=choice.l1,
        l2=choice.l2,
        update_biases=config.update_biases,
        seed=config.seed,
    )
    return engine.train(
        net,
        data.train_part.x,
        data.train_part.y,
        settings,
        batches=batches,
        progress=progress,
        target_loss=choice.target_loss,
    )


def _train_on(
    stage: Stage, data: Data, turn: Turn
) -> tuple[engine.Training, list[Mapping[str, Any]], engine.NonFiniteError | None]:
    """What the turn has come to, its marks, and what of it was not finite, which ended it."""
    config, begin = stage.config, turn.progress.batch
    end = begin + turn.batches
    marks: list[Mapping[str, Any]] = []
    done = engine.Training(stage.net, turn.progress, False)
    for stop in (*mark_batches(config, data, begin, end, turn.every), end):
        progress = done.progress
        try:
            done = _train(config, data, done.network, stop - progress.batch, progress)
        except engine.TrainingStoppedError as raised:
            return raised.training, marks, raised
        if done.reached:
            break
        if stop < end:
            passed = Passed(done, stage.iteration + stop - begin, _epoch(config, data, stop))
            marks.append(write_mark(passed, config, data))
    return done, marks, None


def answer_turn(body: Mapping[str, Any]) -> dict[str, Any]:
    """Train so many batches and answer with the weights then and what the plots show of them.

    Where a number leaves the finite ones the turn ends before it, and `stopped` says where. A turn
    that is not to be `measured` has no metrics (None): they take a pass of all samples.
    """
    stage = read_stage(body)
    config = stage.config
    data = load_data(config)
    turn = _read_turn(body, stage, data)
    done, marks, error = _train_on(stage, data, turn)
    batch = done.progress.batch
    seen = Evaluation(done.network, data)
    metrics = build_metrics(seen, config) if turn.measured else None
    if error is None and metrics is not None and metrics["train_loss"] is None:
        error = engine.NonFiniteError("J", len(config.sizes), "loss")
    epoch = _epoch(config, data, batch)
    return {
        "weights": write_weights(done.network.w, done.network.b),
        "state": write_state(done.progress),
        "batch": batch,
        "iteration": stage.iteration + batch - turn.progress.batch,
        "epoch": epoch,
        "per_epoch": _per_epoch(config, data),
        "most_batches": most_batches(config, data),
        "marks": marks,
        "reached": done.reached,
        "stopped": None if error is None else build_training_stop(error, epoch, config),
        "metrics": metrics,
        "fields": write_config(config),
        "notices": stage.notices,
        "kind": data.kind,
        "scene": build_scene(done.network, None, {}),
        "views": build_views(turn.views, seen),
    }


def through(gate: Gate, limit: TimeLimit) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
    """`answer_turn` where the process has time for it, with as many batches as it has time for.

    Elsewhere {"busy": {"after": milliseconds, "batches": n}}: nothing was computed. `waited` says
    what a request was told to wait before, so that nobody is overtaken. A turn that takes longer
    than the limit raises `TimeLimitError`.
    """

    def answer(body: Mapping[str, Any]) -> dict[str, Any]:
        batches = _whole(body, "batches", MOST_BATCHES)
        waited = _whole(body, "waited", LONGEST_WAITED)
        with gate.turn(batches, waited / 1000) as turn:
            if turn.busy is not None:
                return {"busy": turn.busy}
            allowed = {**body, "batches": min(batches, turn.batches)}
            return limit.within(lambda: answer_turn(allowed))

    return answer


def _per_epoch(config: Config, data: Data) -> int:
    return engine.batches_per_epoch(len(data.train), batch_size_of(config, data))


def _epoch(config: Config, data: Data, batch: int) -> float:
    return batch / _per_epoch(config, data)

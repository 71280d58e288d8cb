"""Time per SGD step of the engine beside plain NumPy and what other libraries make of the same.

python -m benchmarks.engine

All contenders take turns within one run, with BLAS pinned to one thread; medians are printed.
It is processor time, so that what else the machine does at the moment falls on no contender.
"""

import time
from collections.abc import Callable
from importlib.util import find_spec
from statistics import median

import numpy as np

import engine
from benchmarks import nn_ts
from benchmarks.jax_scan import jax_scan
from benchmarks.peers import BARE, EXCLUDES, PEERS, SCAN, SINGLE, plain
from benchmarks.problems import PROBLEMS, SEED, Problem, Start, start_of
from benchmarks.rows import Row, make_row, table
from engine.fast import FastTraining

LARGE = 784  # inputs
NODE = "nn.ts in Node"
OTHER_WORK = {SCAN: "it is a compiled loop", SINGLE: "it has half of the digits"}


def ours(problem: Problem, start: Start, n: int) -> Callable[[], tuple[list, list]]:
    """n steps by engine.train, or by its fast path alone for a network beyond the page's limits."""
    settings = engine.Settings(
        batch_size=problem.batch_size, learning_rate=problem.learning_rate, seed=SEED
    )
    if max(problem.sizes) <= engine.MAX_NEURONS:
        net = engine.Network(start.w, start.b, problem.activations, problem.loss)

        def trained():
            done = engine.train(net, start.x, start.y, settings, batches=n).network
            return list(done.w.values()), list(done.b.values())

        return trained
    fast = FastTraining(
        start.w,
        start.b,
        problem.activations,
        problem.loss,
        start.x,
        start.y,
        settings,
        engine.Progress(),
    )
    first = fast.checkpoint()

    def run():
        fast.restore(first)
        fast.run(n)
        return fast.parameters()

    return run


def largest_difference(one: tuple[list, list], other: tuple[list, list]) -> float:
    pairs = zip([*one[0], *one[1]], [*other[0], *other[1]], strict=True)
    return max(float(np.abs(a - b).max()) for a, b in pairs)


def side_by_side(runs: dict[str, tuple[Callable, int]], rounds: int) -> dict[str, float]:
    """Median microseconds per step of each contender (run, steps), all of them in every round."""
    times: dict[str, list[float]] = {name: [] for name in runs}
    for run, _ in runs.values():
        run()
    for _ in range(rounds):
        for name, (run, n) in runs.items():
            began = time.process_time()
            run()
            times[name].append((time.process_time() - began) / n * 1e6)
    return {name: median(found) for name, found in times.items()}


def steps_of(problem: Problem) -> int:
    return 1000 if max(problem.sizes) < 100 else 640 // problem.batch_size + 10


def make_runs(problem: Problem, start: Start, n: int) -> dict[str, tuple[Callable, int]]:
    """The contenders that are installed, each with its number of steps."""
    makers: dict[str, Callable] = {"ours": ours, "plain NumPy": plain} | {
        name: make for name, (module, make) in PEERS.items() if find_spec(module)
    }
    # A small network takes a peer far longer a step: fewer of them are enough to time it.
    lengths = {
        name: n if make in (ours, plain, jax_scan) else min(n, max(20, n // 20))
        for name, make in makers.items()
    }
    return {
        name: (make(problem, start, lengths[name]), lengths[name]) for name, make in makers.items()
    }


def _target(problem: Problem, name: str) -> tuple[float | None, str]:
    """The largest ratio to a reference, or why there is none."""
    if name == BARE and problem.sizes[0] < LARGE:
        return None, "dots are not most of it"
    if name in OTHER_WORK:
        return None, OTHER_WORK[name]
    return {BARE: 1.2, "plain NumPy": problem.target}.get(name, 1.0), ""


def _row(problem: Problem, name: str, us: float, reference: float | None, note: str) -> Row:
    """Ours and a reference, both in µs a step; a reference that is None is not installed."""
    target, untargeted = _target(problem, name)
    excludes = "; ".join(
        filter(None, ("reading data; for the reference their mixing", EXCLUDES.get(name, "")))
    )
    return make_row(f"{problem.name}: {name}", us, "µs a step", target, reference, note,
                    of_ratio=True, untargeted=untargeted, excludes=excludes)  # fmt: skip


def beside_nn_ts(problem: Problem, start: Start, us: float, n: int, rounds: int) -> list[Row]:
    """The row of the Playground's engine in Node, which has one output and squared errors."""
    if problem.sizes[-1] > 1:
        return []
    if not nn_ts.is_there():
        return [_row(problem, NODE, us, None, nn_ts.NOT_THERE)]
    theirs = nn_ts.measured(problem, start, n, rounds)
    return [_row(problem, NODE, us, theirs["us"], "in a process of its own, after ours")]


def rows(steps: int | None = None, rounds: int = 21, checked: int = 20) -> list[Row]:
    """One row for each problem and reference.

    ours and reference are medians per step in `unit`, None where a peer is not installed.
    AssertionError when plain NumPy ends elsewhere by more than 1e-12 after `checked` steps.
    """
    found = []
    for problem in PROBLEMS:
        start = start_of(problem)
        short = [make(problem, start, checked)() for make in (ours, plain)]
        error = largest_difference(*short)
        assert error <= 1e-12, f"{problem.name}: results differ by {error:.1e}"
        runs = make_runs(problem, start, steps or steps_of(problem))
        times = side_by_side(runs, rounds)
        for name in ("plain NumPy", *PEERS):
            reference = times.get(name)
            note = f"equal to {error:.0e} after {checked} steps" if name == "plain NumPy" else ""
            note = note if reference is not None else "not installed"
            found.append(_row(problem, name, times["ours"], reference, note))
        n = steps or steps_of(problem)
        found += beside_nn_ts(problem, start, times["ours"], n, rounds)
    return found


def main() -> None:
    print(table("The engine", rows()))


if __name__ == "__main__":
    main()

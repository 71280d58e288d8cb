"""Time per SGD step of the engine beside plain NumPy, PyTorch eager, scikit-learn and autograd.

python -m benchmarks.engine

All contenders take turns within one run, with BLAS pinned to one thread; medians are printed.
It is processor time, so that what else the machine does at the moment falls on no contender.
"""

import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from statistics import median

import numpy as np

import engine
from benchmarks.rows import Row, make_row, table
from engine.fast import FastTraining

SEED = 5


@dataclass(frozen=True)
class Problem:
    """One network with data; `target` is the largest allowed ratio to plain NumPy."""

    name: str
    sizes: tuple[int, ...]
    hidden: str
    output: str
    loss: str
    m: int
    batch_size: int
    learning_rate: float
    target: float

    @property
    def activations(self) -> list[str]:
        return [*[self.hidden] * (len(self.sizes) - 2), self.output]


CLASSES = (784, 128, 64, 10)
PROBLEMS = (
    Problem("3-3-2, one sample", (3, 3, 2), "sigmoid", "sigmoid", "half_squared_error",
            1, 1, 0.5, 0.5),
    Problem("2-8-8-1, batch 10", (2, 8, 8, 1), "tanh", "linear", "half_squared_error",
            250, 10, 0.03, 0.7),
    Problem("784-128-64-10, batch 1", CLASSES, "relu", "softmax", "cross_entropy",
            640, 1, 0.001, 0.4),
    Problem("784-128-64-10, batch 10", CLASSES, "relu", "softmax", "cross_entropy",
            640, 10, 0.01, 0.8),
    Problem("784-128-64-10, batch 64", CLASSES, "relu", "softmax", "cross_entropy",
            640, 64, 0.01, 0.95),
)  # fmt: skip


@dataclass(frozen=True)
class Start:
    """First weights and data: w (n_l, n_{l-1}), b (n_l, 1), x (n_1, m), y (n_L, m)."""

    w: list[np.ndarray]
    b: list[np.ndarray]
    x: np.ndarray
    y: np.ndarray

    def batches(self, problem: Problem, n: int) -> list[tuple[np.ndarray, np.ndarray]]:
        """The n batches of the engine's order, cut in advance."""
        m, size = problem.m, problem.batch_size
        cut = []
        for epoch in range(-(-n * size // m)):
            order = np.random.default_rng([SEED, epoch]).permutation(m)
            cut += [order[k : k + size] for k in range(0, m, size)]
        return [
            (np.ascontiguousarray(self.x[:, i]), np.ascontiguousarray(self.y[:, i]))
            for i in cut[:n]
        ]


def start_of(problem: Problem) -> Start:
    rng = np.random.default_rng(SEED)
    pairs = list(zip(problem.sizes[1:], problem.sizes[:-1], strict=True))
    w = [rng.normal(0.0, np.sqrt(1.0 / n_in), (n_out, n_in)) for n_out, n_in in pairs]
    b = [np.zeros((n_out, 1)) for n_out, _ in pairs]
    x = rng.normal(size=(problem.sizes[0], problem.m))
    if problem.loss == "cross_entropy":
        labels = rng.integers(problem.sizes[-1], size=problem.m)
        return Start(w, b, x, np.eye(problem.sizes[-1])[labels].T.copy())
    return Start(w, b, x, rng.uniform(0.1, 0.9, (problem.sizes[-1], problem.m)))


def sigma(name, z):
    if name == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if name == "tanh":
        return np.tanh(z)
    if name == "relu":
        return np.maximum(z, 0)
    if name == "softmax":
        e = np.exp(z - z.max(axis=0))
        return e / e.sum(axis=0)
    return z


def sigma_prime(name, a):
    if name == "sigmoid":
        return a * (1 - a)
    if name == "tanh":
        return 1 - a * a
    if name == "relu":
        return a > 0
    return 1.0


def plain_steps(problem, w, b, batches):
    """The formulas of the derivation, read line by line; w and b are replaced, not changed."""
    names, eta = problem.activations, problem.learning_rate
    last = len(w) - 1
    for x, y in batches:
        m = x.shape[1]
        a = [x]
        for l in range(last + 1):
            a.append(sigma(names[l], w[l] @ a[l] + b[l]))
        delta = a[-1] - y
        if problem.loss == "half_squared_error" and names[-1] != "linear":
            delta = delta * sigma_prime(names[-1], a[-1])
        dw, db = [None] * len(w), [None] * len(w)
        for l in range(last, -1, -1):
            dw[l] = delta @ a[l].T / m
            db[l] = delta.sum(axis=1, keepdims=True) / m
            if l:
                delta = (w[l].T @ delta) * sigma_prime(names[l - 1], a[l])
        w = [old - eta * g for old, g in zip(w, dw, strict=True)]
        b = [old - eta * g for old, g in zip(b, db, strict=True)]
    return w, b


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


def plain(problem: Problem, start: Start, n: int) -> Callable[[], tuple[list, list]]:
    batches = start.batches(problem, n)
    return lambda: plain_steps(problem, start.w, start.b, batches)


def pytorch(problem: Problem, start: Start, n: int) -> Callable[[], tuple[list, list]]:
    import torch

    torch.set_num_threads(1)
    modules = {"sigmoid": torch.nn.Sigmoid, "tanh": torch.nn.Tanh, "relu": torch.nn.ReLU}
    layers: list = []
    for w, b, name in zip(start.w, start.b, problem.activations, strict=True):
        linear = torch.nn.Linear(w.shape[1], w.shape[0], dtype=torch.float64)
        with torch.no_grad():
            linear.weight.copy_(torch.from_numpy(w))
            linear.bias.copy_(torch.from_numpy(b[:, 0]))
        layers += [linear, *([modules[name]()] if name in modules else [])]
    model = torch.nn.Sequential(*layers)
    first = [p.detach().clone() for p in model.parameters()]
    descent = torch.optim.SGD(model.parameters(), lr=problem.learning_rate)
    entropy = torch.nn.CrossEntropyLoss()
    batches = [
        (torch.from_numpy(x.T.copy()), torch.from_numpy(y.T.copy()))
        for x, y in start.batches(problem, n)
    ]

    def run():
        with torch.no_grad():
            for p, old in zip(model.parameters(), first, strict=True):
                p.copy_(old)
        for x, y in batches:
            a = model(x)
            if problem.loss == "cross_entropy":
                J = entropy(a, y)
            else:
                J = ((a - y) ** 2).sum() / (2 * len(x))
            descent.zero_grad()
            J.backward()
            descent.step()
        found = [p.detach().numpy().copy() for p in model.parameters()]
        return found[::2], [b[:, None] for b in found[1::2]]

    return run


def autograd(problem: Problem, start: Start, n: int) -> Callable[[], tuple[list, list]]:
    import autograd.numpy as anp
    from autograd import grad

    named = {"sigmoid": lambda z: 1 / (1 + anp.exp(-z)), "tanh": anp.tanh,
             "relu": lambda z: anp.maximum(z, 0)}  # fmt: skip

    def cost(parameters, x, y):
        a = x
        for (w, b), name in zip(parameters, problem.activations, strict=True):
            z = anp.dot(w, a) + b
            a = named.get(name, lambda z: z)(z)
        if problem.loss == "cross_entropy":
            z = z - anp.max(z, axis=0)
            return anp.sum(y * (anp.log(anp.sum(anp.exp(z), axis=0)) - z)) / x.shape[1]
        return anp.sum((a - y) ** 2) / (2 * x.shape[1])

    slope = grad(cost)
    batches = start.batches(problem, n)

    def run():
        parameters = list(zip(start.w, start.b, strict=True))
        for x, y in batches:
            moves = zip(parameters, slope(parameters, x, y), strict=True)
            eta = problem.learning_rate
            parameters = [(w - eta * dw, b - eta * db) for (w, b), (dw, db) in moves]
        return [w for w, _ in parameters], [b for _, b in parameters]

    return run


def scikit_learn(problem: Problem, start: Start, n: int) -> Callable[[], None]:
    """partial_fit batch by batch: own first weights, and a linear output for squared errors."""
    from sklearn.neural_network import MLPClassifier, MLPRegressor

    classes = problem.loss == "cross_entropy"
    hidden = {"sigmoid": "logistic"}.get(problem.hidden, problem.hidden)
    model = (MLPClassifier if classes else MLPRegressor)(
        hidden_layer_sizes=problem.sizes[1:-1], activation=hidden, solver="sgd", alpha=0.0,
        momentum=0.0, nesterovs_momentum=False, batch_size=problem.batch_size,
        learning_rate_init=problem.learning_rate, random_state=SEED,
    )  # fmt: skip
    batches = [
        (x.T.copy(), y.argmax(axis=0) if classes else y.T.squeeze(axis=1) if len(y) == 1 else y.T)
        for x, y in start.batches(problem, n)
    ]
    names = {"classes": np.arange(problem.sizes[-1])} if classes else {}

    def run():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for x, y in batches:
                model.partial_fit(x, y, **names)

    return run


PEERS = {
    "PyTorch eager": ("torch", pytorch),
    "scikit-learn": ("sklearn", scikit_learn),
    "autograd": ("autograd", autograd),
}


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
        n = steps or steps_of(problem)
        makers: dict[str, Callable] = {"ours": ours, "plain NumPy": plain} | {
            name: make for name, (module, make) in PEERS.items() if find_spec(module)
        }
        # A small network takes a peer far longer a step: fewer of them are enough to time it.
        lengths = {
            name: n if make in (ours, plain) else min(n, max(20, n // 20))
            for name, make in makers.items()
        }
        runs = {
            name: (make(problem, start, lengths[name]), lengths[name])
            for name, make in makers.items()
        }
        times = side_by_side(runs, rounds)
        for name in ("plain NumPy", *PEERS):
            plainly = name == "plain NumPy"
            reference = times.get(name)
            note = f"equal to {error:.0e} after {checked} steps" if plainly else ""
            found.append(
                make_row(
                    f"{problem.name}: {name}",
                    times["ours"],
                    "µs a step",
                    problem.target if plainly else 1.0,
                    reference,
                    note if reference is not None else "not installed",
                    of_ratio=True,
                )
            )
    return found


def main() -> None:
    print(table("The engine", rows()))


if __name__ == "__main__":
    main()

"""What the engine and its peers are timed on: networks, their data and where they start."""

from dataclasses import dataclass

import numpy as np

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

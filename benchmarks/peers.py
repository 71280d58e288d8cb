"""The same steps in plain NumPy, PyTorch, JAX, scikit-learn and autograd."""

import warnings
from collections.abc import Callable

import numpy as np

from benchmarks.eager import eager_32, eager_64, modules
from benchmarks.jax_scan import jax_scan
from benchmarks.problems import SEED, Problem, Start


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


def plain(problem: Problem, start: Start, n: int) -> Callable[[], tuple[list, list]]:
    batches = start.batches(problem, n)
    return lambda: plain_steps(problem, start.w, start.b, batches)


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


def bare_dots(problem: Problem, start: Start, n: int) -> Callable[[], None]:
    """The matrix products of a step alone, in place on what is there: no data, σ, J or update."""
    m = problem.batch_size
    a = [np.ones((k, m)) for k in problem.sizes]
    z = [np.ones((k, m)) for k in problem.sizes]
    calls: list = []
    for l, w in enumerate(start.w):
        calls += [(w.dot, a[l], z[l + 1]), (z[l + 1].dot, a[l].T, np.empty_like(w))]
        calls += [(w.T.dot, z[l + 1], np.empty_like(a[l]))] if l else []

    def run():
        for _ in range(n):
            for dot, other, out in calls:
                dot(other, out)

    return run


BARE = "bare dots"
SCAN = "JAX lax.scan"
SINGLE = "PyTorch eager, plain loop, float32"
PEERS = {
    BARE: ("numpy", bare_dots),
    "PyTorch eager, modules": ("torch", modules),
    "PyTorch eager, plain loop": ("torch", eager_64),
    SINGLE: ("torch", eager_32),
    SCAN: ("jax", jax_scan),
    "scikit-learn": ("sklearn", scikit_learn),
    "autograd": ("autograd", autograd),
}
# What a peer's figure leaves out, beside what none has.
EXCLUDES = {
    BARE: "for the reference all but its matrix products",
    "scikit-learn": "own first weights; its outputs are linear for squared errors",
    SCAN: "for the reference its compilation",
}

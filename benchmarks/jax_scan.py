"""The same steps in JAX: all of them one compiled loop."""

import os
from collections.abc import Callable

import numpy as np

from benchmarks.problems import Problem, Start


def jax_scan(problem: Problem, start: Start, n: int) -> Callable[[], tuple[list, list]]:
    """n steps by `lax.scan`, compiled with the first run, float64 and one thread as the others."""
    os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false")
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", True)
    sigmas = {"sigmoid": jax.nn.sigmoid, "tanh": jnp.tanh, "relu": jax.nn.relu}

    def cost(parameters, x, y):
        a = x
        for (w, b), name in zip(parameters, problem.activations, strict=True):
            z = w @ a + b
            a = sigmas.get(name, lambda z: z)(z)
        if problem.loss == "cross_entropy":
            return -jnp.sum(y * jax.nn.log_softmax(a, axis=0)) / x.shape[1]
        return jnp.sum((a - y) ** 2) / (2 * x.shape[1])

    def step(parameters, batch):
        slopes = jax.grad(cost)(parameters, *batch)
        eta = problem.learning_rate
        return jax.tree.map(lambda p, slope: p - eta * slope, parameters, slopes), None

    steps = jax.jit(lambda parameters, x, y: jax.lax.scan(step, parameters, (x, y))[0])
    x, y = (jnp.stack(side) for side in zip(*start.batches(problem, n), strict=True))
    first = [(jnp.asarray(w), jnp.asarray(b)) for w, b in zip(start.w, start.b, strict=True)]

    def run():
        done = jax.block_until_ready(steps(first, x, y))
        return [np.asarray(w) for w, _ in done], [np.asarray(b) for _, b in done]

    return run

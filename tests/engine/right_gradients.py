"""Right gradients by the thousand, none of which the gradient check may call wrong.

python tests/engine/right_gradients.py 10000 [first seed] draws so many networks and prints how many
the check doubts, told of a kink and not, and the largest error that no kink excuses.
"""

import sys

import numpy as np
from random_networks import COMBINATIONS, HIDDEN, Case, random_targets

import engine

AGREED = 1e-5


def scaled(rng, shape):
    """Signed numbers with magnitudes from 10⁻⁶ to 10⁶: alike, or each of its own."""
    powers = rng.uniform(-6, 6, shape if rng.random() < 0.5 else ())
    return rng.choice([-1.0, 1.0], shape) * rng.uniform(0.5, 1, shape) * 10.0**powers


def drawn(seed):
    """A network of any activations, loss and init with inputs (and at times targets) of any size.

    Every fifth network is trained, so that its gradients are sums that nearly cancel.
    """
    rng = np.random.default_rng(seed)
    output, loss = COMBINATIONS[seed % len(COMBINATIONS)]
    sizes = rng.integers(1, rng.choice([3, 6, 13]), rng.integers(2, 7)).tolist()
    hidden = rng.choice(HIDDEN, len(sizes) - 2).tolist()
    init = list(engine.INITIALISATIONS)[seed // len(COMBINATIONS) % len(engine.INITIALISATIONS)]
    net = engine.init_network(sizes, [*hidden, output], loss, init, seed)
    if rng.random() < 0.5:
        b = [rng.normal(size=n) for n in sizes[1:]]
        net = engine.Network(list(net.w.values()), b, net.activations, loss)
    m = int(rng.choice([1, 2, 5]))
    x, y = scaled(rng, (sizes[0], m)), random_targets(loss, sizes[-1], m, rng)
    if not engine.LOSSES[loss].taken_as_one and rng.random() < 0.3:
        y = scaled(rng, y.shape)
    return Case(trained(net, x, y) if seed % 5 == 0 else net, x, y)


def trained(net, x, y):
    try:
        settings = engine.Settings(batch_size=x.shape[1], learning_rate=0.01, optimiser="adam")
        return engine.train(net, x, y, settings, batches=300).network
    except engine.TrainingStoppedError as stopped:
        return stopped.training.network


def judged(case):
    """The largest relative error, and whether a kink is told."""
    table = engine.gradient_table(case.net, case.x, case.y)
    return table.largest_relative_error, any(seen.any() for seen in table.kinks.values())


def main(count, first=0):
    finite = kinked = doubted = worst = 0
    for seed in range(first, first + count):
        case = drawn(seed)
        error, kink = judged(case)
        bwd = engine.backward(case.net, engine.forward(case.net, case.x), case.y)
        if not all(np.isfinite(g).all() for part in (bwd.dw, bwd.db) for g in part.values()):
            continue
        finite += 1
        if kink:
            kinked += not error <= AGREED
        else:
            worst = max(worst, error)
            if not error <= AGREED:
                doubted += 1
                net = case.net
                print(f"doubted: seed {seed}, {net.sizes}, {net.activations}, {net.loss}: {error}")
    print(f"{finite} finite gradients: {doubted} doubted, {kinked} told of a kink; {worst:.1e}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))

"""A training run in one call, its settings by name."""

import engine


def run(net, x, y, *, batches, progress=None, target_loss=None, **settings):
    return engine.train(
        net, x, y, engine.Settings(**settings), batches=batches, progress=progress,
        target_loss=target_loss,
    )  # fmt: skip

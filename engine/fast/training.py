"""Training steps without a new array: the readable passes once more, for speed alone.

The weights and biases of layer l stand together as one matrix [w^l | b^l]; see `FastProgram`.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise, repeat
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.activations import ACTIVATIONS
from engine.arguments import Array, Columns, rows_and_ones
from engine.fast.operations import Operations, constant
from engine.fast.program import Batches, FastProgram, joined_order
from engine.losses import LOSSES
from engine.optimisers import OPTIMISERS
from engine.parameters import flat_vector, layered
from engine.settings import Progress, Settings

__all__ = ["FastTraining"]

# Numbers in the rows of a batch: more are gathered just before they are used, and are still near;
# fewer all at once for an epoch, since then it is the calls that cost.
MANY: Final = 4096


class FastTraining:
    """A training run on plain arrays, with no check of arguments or of results.

    w, b: lists of (n_l, n_{l-1}) and (n_l, 1); x (n_1, m), y (n_L, m). `run(n)` does the next n
    batches in place. Formulas as in `forward`, `backward`, `penalty_gradient` and `OPTIMISERS`,
    equal to them up to rounding.
    """

    def __init__(
        self,
        w: Sequence[Array],
        b: Sequence[Array],
        activations: Sequence[str],
        loss: str,
        x: Array | Columns,
        y: Array | Columns,
        settings: Settings,
        progress: Progress,
    ) -> None:
        self.batch, self.steps = progress.batch, progress.steps
        self.sizes = (w[0].shape[1], *(len(matrix) for matrix in w))
        self._names, self._loss, self._settings = activations, loss, settings
        self._rows = x.rows_and_ones if isinstance(x, Columns) else rows_and_ones(x)
        self._m = len(self._rows)
        self._targets = y.rows if isinstance(y, Columns) else np.ascontiguousarray(y.T)
        self._epoch = np.empty_like(self._rows), np.empty_like(self._targets)
        self._views: list[tuple[Array, Array, Array]] = []
        self._order = joined_order(self.sizes)
        self._rule = OPTIMISERS[settings.optimiser]
        self._theta, self._g = self._inner(flat_vector(w, b)), np.empty(len(self._order))
        self._set_slots(progress)
        # A plain step is linear in g: η goes into δ^L, which is smaller, and saves a pass over g.
        self._folded = settings.learning_rate if self._rule.plain else 1.0
        self._eta = constant(settings.learning_rate)
        self._penalties = self._penalty_operations()
        self._programs = {n: self._program(n) for n in self._batch_lengths()}

    def _set_slots(self, progress: Progress) -> None:
        given = progress.slots or {name: np.zeros(len(self._order)) for name in self._rule.slots}
        self._given = [np.array(given[name]) for name in self._rule.slots]
        self._slots = [self._inner(slot) for slot in self._given]
        if not self._settings.update_biases:
            for slot in self._slots:
                for part in self._joined(slot):
                    part[:, -1] = 0.0

    @property
    def batches_per_epoch(self) -> int:
        per_epoch: int = -(-self._m // self._settings.batch_size)
        return per_epoch

    def run(self, batches: int) -> None:
        """The next `batches` batches."""
        with np.errstate(all="ignore"):
            while batches > 0:
                done = self._run_in_epoch(batches)
                self.batch += done
                self.steps += done if self._rule.plain else 0
                batches -= done

    def parameters(self) -> tuple[list[Array], list[Array]]:
        """Copies of w and b, as they were given."""
        return layered(self._theta[self._order], self.sizes)

    def slots(self) -> list[Array]:
        """Copies of the slots (P,); those of frozen biases as they were given."""
        outer = [slot[self._order] for slot in self._slots]
        if not self._settings.update_biases:
            for slot, given in zip(outer, self._given, strict=True):
                pairs = zip(
                    layered(slot, self.sizes)[1], layered(given, self.sizes)[1], strict=True
                )
                for new, old in pairs:
                    new[:] = old
        return outer

    def progress(self) -> Progress:
        """How far the run has come, with copies of the slots."""
        slots = dict(zip(self._rule.slots, self.slots(), strict=True))
        return Progress(batch=self.batch, steps=self.steps, slots=slots)

    def is_finite(self) -> bool:
        """Whether every parameter and every slot is finite."""
        return all(bool(np.isfinite(part).all()) for part in (self._theta, *self._slots))

    def checkpoint(self) -> tuple[Array, ...]:
        """What `restore` needs, as copies."""
        counts = np.array([self.batch, self.steps])
        return (counts, self._theta.copy(), *(slot.copy() for slot in self._slots))

    def restore(self, checkpoint: tuple[Array, ...]) -> None:
        """Back to a checkpoint."""
        counts, theta, *slots = checkpoint
        self.batch, self.steps = (int(count) for count in counts)
        for mine, old in zip((self._theta, *self._slots), (theta, *slots), strict=True):
            mine[:] = old

    def samples(self) -> NDArray[np.intp]:
        """The indices of the samples of the next batch."""
        if self._settings.batch_size == self._m:
            return np.arange(self._m)
        epoch, k = divmod(self.batch, self.batches_per_epoch)
        size = self._settings.batch_size
        return self._epoch_order(epoch)[k * size : (k + 1) * size]

    def cost(self) -> float:
        """J over all samples, in the order given."""
        with np.errstate(all="ignore"):
            a = self._rows.T[:-1]
            for w, b, name in zip(*self.parameters(), self._names, strict=True):
                z = w @ a + b
                a = ACTIVATIONS[name].f(z)
            return float(LOSSES[self._loss].cost(z, a, self._targets.T).mean())

    def _run_in_epoch(self, batches: int) -> int:
        size, m = self._settings.batch_size, self._m
        if size == m:
            # A mean over all samples has no order: none is drawn.
            every = (self._rows.T, self._rows, self._targets.T)
            self._run_batches(repeat(every, batches), m)
            return batches
        epoch, k = divmod(self.batch, self.batches_per_epoch)
        count = min(batches, self.batches_per_epoch - k)
        chosen = self._epoch_order(epoch)[k * size : (k + count) * size]
        whole, rest = divmod(len(chosen), size)
        self._run_batches(self._batches(chosen[: whole * size], size), size)
        if rest:
            self._run_batches(self._gathered(chosen[-rest:], rest), rest)
        return count

    def _batches(self, chosen: NDArray[np.intp], size: int) -> Batches:
        if size * self._rows.shape[1] >= MANY:
            return self._gathered(chosen, size)
        self._rows.take(chosen, 0, self._epoch[0][: len(chosen)], "clip")
        self._targets.take(chosen, 0, self._epoch[1][: len(chosen)], "clip")
        whole = len(chosen) // size
        if len(self._views) < whole:
            x, y = (one[: whole * size].reshape(whole, size, -1) for one in self._epoch)
            turned = (x.transpose(0, 2, 1), x, y.transpose(0, 2, 1))
            self._views = list(zip(*turned, strict=True))
        return self._views[:whole]

    def _gathered(
        self, chosen: NDArray[np.intp], size: int
    ) -> Iterator[tuple[Array, Array, Array]]:
        rows, targets = (one[:size] for one in self._epoch)
        batch = rows.T, rows, targets.T
        for i in range(0, len(chosen), size):
            part = chosen[i : i + size]
            self._rows.take(part, 0, rows, "clip")
            self._targets.take(part, 0, targets, "clip")
            yield batch

    def _run_batches(self, batches: Batches, samples: int) -> None:
        program, theta, g = self._programs[samples], self._theta, self._g
        if self._rule.plain:
            # What the program has moved itself stands first.
            start = self._joined(theta)[0].size if program.moved else 0
            move = (np.subtract, (theta[start:], g[start:], theta[start:]))
            program.run(batches, [*self._penalties, move])
            return
        for batch in batches:
            program.run([batch], self._penalties)
            self.steps += 1
            self._rule.step(theta, g, self._slots, self._eta, self.steps)

    def _epoch_order(self, epoch: int) -> NDArray[np.intp]:
        return np.random.default_rng([self._settings.seed, epoch]).permutation(self._m)

    def _batch_lengths(self) -> set[int]:
        rest = self._m % self._settings.batch_size
        return {self._settings.batch_size, rest} if rest else {self._settings.batch_size}

    def _program(self, samples: int) -> FastProgram:
        joined, gradients = self._joined(self._theta), self._joined(self._g)
        scale = self._folded / samples
        moves = self._rule.plain and not self._penalties
        return FastProgram(joined, gradients, self._names, self._loss, samples, scale, moves)

    def _joined(self, vector: Array) -> list[Array]:
        views, start = [], 0
        for n_in, n_out in pairwise(self.sizes):
            end = start + n_out * (n_in + 1)
            views.append(vector[start:end].reshape(n_out, n_in + 1))
            start = end
        return views

    def _inner(self, vector: Array) -> Array:
        inner = np.empty(len(self._order))
        inner[self._order] = vector
        return inner

    def _penalty_operations(self) -> Operations:
        theta, g, scratch = self._theta, self._g, np.empty(len(self._order))
        l1, l2 = self._settings.l1, self._settings.l2
        operations: Operations = []
        if not self._settings.update_biases:
            operations += [(part[:, -1].fill, (0.0,)) for part in self._joined(g)]
        if l2:
            factors = self._weights_only(l2 * self._folded)
            operations += [(np.multiply, (theta, factors, scratch)), (np.add, (g, scratch, g))]
        if l1:
            factors = self._weights_only(l1 * self._folded)
            operations += [
                (np.sign, (theta, scratch)),
                (np.multiply, (scratch, factors, scratch)),
                (np.add, (g, scratch, g)),
            ]
        return operations

    def _weights_only(self, value: float) -> Array:
        factors = np.full(len(self._order), value)
        for part in self._joined(factors):
            part[:, -1] = 0.0
        return factors

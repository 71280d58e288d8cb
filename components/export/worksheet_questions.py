"""The questions of a worksheet on one training step: the task, then position by position."""

from collections.abc import Callable
from typing import Final

import engine
from components.export.training_step import TrainingStep
from components.export.worksheet_entries import MOST_SHOWN, Entries, long_sum
from components.export.worksheet_task import (
    Block,
    inner_line,
    math_block,
    of_sample,
    task_blocks,
)
from components.messages import Message, message
from components.notation import tex

__all__ = ["Worksheet"]

SYMBOLS_IN_LINE: Final = 6
NUMBERS_IN_LINE: Final = 4


def _product(*values: str) -> str:
    return "".join(f"({value})" for value in values)


class Worksheet:
    """The blocks of one worksheet, question by question."""

    def __init__(self, step: TrainingStep, solutions: bool, digits: int, language: str) -> None:
        self.step, self.net, self.config = step, step.net, step.config
        self.entries = Entries(step, solutions, digits, language)
        self.m = len(step.config.x)
        # Numbers put in stand between the symbols and the value; of a batch they would be too many.
        self.worked = solutions and self.m == 1

    def blocks(self) -> list[Block]:
        """Everything from the title to the update."""
        made = task_blocks(self.step, self.entries)
        for l in self.net.w:
            made += self._forward(l)
        made += self._loss()
        for l in range(self.net.L, 1, -1):
            made += self._backward(l)
        return made + self._update()

    def value(self, symbol: str, layer: int) -> engine.Array:
        return self.step.values["x" if (symbol, layer) == ("a", 1) else symbol, layer]

    def put_in(self, rational: bool, text: str, *values: float) -> str:
        """The line with the numbers put in, only where the solutions show it."""
        return f"&{self.entries.relation(values, rational)} {text}" if self.worked else ""

    def numbers(self, symbol: str, layer: int) -> list[str]:
        """The first sample's numbers of a layer."""
        return [self.entries.number(v) for v in self.value(symbol, layer)[:, 0]]

    def _inner_number(self, l: int, j: int) -> str:
        """What is put in for it in one neuron."""
        inner = engine.ACTIVATIONS[self.net.activation(l)].inner
        if inner is None or not self.worked:
            return ""
        value = float(inner.f(self.value("z", l)[j - 1 : j])[0, 0])
        return rf"{tex(inner.symbol, l, j)} &\approx {self.entries.number(value)}"

    def _each_neuron(self, l: int, question: Callable[[int], Block]) -> list[Block]:
        n = self.config.sizes[l - 1]
        rest = n - MOST_SHOWN
        asked = [question(j) for j in range(1, min(n, MOST_SHOWN) + 1)]
        return [*asked, ("text", message("worksheet.likewise", count=rest))] if rest > 0 else asked

    def _forward(self, l: int) -> list[Block]:
        z, a = tex("z", l), tex("a", l)
        weighted = rf"{tex('w', l)}\,{tex('a', l - 1)} + {tex('b', l)}"
        heading = message("worksheet.forward", layer=l, z=z, weighted=weighted, a=a)
        return [("section", heading), *self._each_neuron(l, lambda j: self._neuron(l, j))]

    def _neuron(self, l: int, j: int) -> Block:
        before, e = range(1, self.config.sizes[l - 2] + 1), self.entries
        symbols = [f"{tex('w', l, j, k)}\\,{tex('a', l - 1, k)}" for k in before]
        w, b = self.net.w[l][j - 1], self.net.b[l][j - 1, 0]
        operands = zip(map(e.number, w), self.numbers("a", l - 1), strict=True)
        terms = [*(_product(*pair) for pair in operands), _product(e.number(b))]
        z, a = self.value("z", l)[j - 1].tolist(), self.value("a", l)[j - 1].tolist()
        rational = e.is_rational(l)
        coupled = engine.ACTIVATIONS[self.net.activation(l)].couples_rows
        activated = rf"\sigma({tex('z', l)})_{{{j}}}" if coupled else rf"\sigma({tex('z', l, j)})"
        given = [*w, b, *self.value("a", l - 1)[:, 0]]
        return math_block(
            f"{tex('z', l, j)} &= {long_sum([*symbols, tex('b', l, j)], SYMBOLS_IN_LINE)}",
            self.put_in(rational, long_sum(terms, NUMBERS_IN_LINE), *given),
            e.asked(z, rational),
            f"{tex('a', l, j)} &= {activated}",
            e.asked(a, e.is_rational(l + 1)),
        )

    def _loss(self) -> list[Block]:
        L, m, row = self.net.L, self.m, engine.LOSSES[self.config.loss]
        J = row.tex(f"{{{L}}}", str(self.config.sizes[-1]))
        rational = self.entries.is_rational(L + 1, back=True)
        in_z = ""
        if row.in_z and row.in_z.lost(self.value("a", L)):
            in_z = f"{of_sample(m, self.entries)} &= {row.in_z.tex(f'{{{L}}}')}"
        if m > 1:
            J = rf"\tfrac{{1}}{{{m}}}{self._sum()} {of_sample(m, self.entries)}"
        return [
            ("section", message("worksheet.loss")),
            math_block(in_z, f"J &= {J}", self.entries.asked([self.step.J], rational)),
        ]

    def _sum(self) -> str:
        """The sign of a sum over the samples."""
        return rf"\sum_{{{self.entries.words(message('worksheet.samples'))}}}"

    def _rule(self, l: int) -> Message:
        """The heading of a layer on the way back: its equation."""
        delta, slope = tex("delta", l), rf"\odot \sigma'({tex('z', l)})"
        if l < self.net.L:
            back = rf"(({tex('w', l + 1)})^T\,{tex('delta', l + 1)})"
            return message("worksheet.backward.hidden", layer=l, rule=f"{delta} = {back} {slope}")
        if engine.LOSSES[self.config.loss].taken_as_one:
            rule = f"{delta} = {tex('a', l)} - y"
            return message("worksheet.backward.joint", layer=l, rule=rule)
        J = of_sample(self.m, self.entries)
        rule = rf"{delta} = \partial {J}/\partial {tex('a', l)} {slope}"
        return message("worksheet.backward.output", layer=l, rule=rule)

    def _backward(self, l: int) -> list[Block]:
        output = l == self.net.L
        question = self._output_delta if output else self._hidden_delta
        taken_as_one = output and engine.LOSSES[self.config.loss].taken_as_one
        row = engine.ACTIVATIONS[self.net.activation(l)]
        derivative = row.symbols(row.derivative_tex)
        told = (
            []
            if taken_as_one or not self.entries.solutions
            else [math_block(rf"\sigma'(z) &= {derivative}", inner_line(row))]
        )
        return [
            ("section", self._rule(l)),
            *told,
            *self._each_neuron(l, lambda j: question(l, j)),
            self._gradients(l),
        ]

    def _asked_delta(self, l: int, j: int) -> str:
        rational = self.entries.is_rational(l, back=True)
        return self.entries.asked(self.value("delta", l)[j - 1].tolist(), rational)

    def _slope(self, l: int, j: int) -> float:
        derivative = engine.ACTIVATIONS[self.net.activation(l)].derivative
        assert derivative is not None, "it stands only with the loss that brings δ"
        return float(derivative(self.value("z", l)[j - 1 : j])[0, 0])

    def _output_delta(self, l: int, j: int) -> Block:
        loss, e = engine.LOSSES[self.config.loss], self.entries
        rational = e.is_rational(l, back=True)
        a, y = self.value("a", l), self.value("y", l)
        formula = loss.derivative_tex(tex("a", l, j), tex("y", None, j), len(y))
        if loss.taken_as_one:
            values = (float(a[j - 1, 0]), float(y[j - 1, 0]))
            put_in = e.difference(*values)
        else:
            formula = rf"({formula})\,\sigma'({tex('z', l, j)})"
            values = (float(loss.derivative(a, y)[j - 1, 0]), self._slope(l, j))
            put_in = _product(*map(e.number, values))
        return math_block(
            "" if loss.taken_as_one else self._inner_number(l, j),
            f"{tex('delta', l, j)} &= {formula}",
            self.put_in(rational, put_in, *values),
            self._asked_delta(l, j),
        )

    def _hidden_delta(self, l: int, j: int) -> Block:
        after, e = range(1, self.config.sizes[l] + 1), self.entries
        w, slope = self.net.w[l + 1][:, j - 1], self._slope(l, j)
        symbols = [f"{tex('w', l + 1, i, j)}\\,{tex('delta', l + 1, i)}" for i in after]
        operands = zip(map(e.number, w), self.numbers("delta", l + 1), strict=True)
        product, end = _product(e.number(slope)), rf"\,\sigma'({tex('z', l, j)})"
        terms = long_sum([_product(*pair) for pair in operands], NUMBERS_IN_LINE, f"(){product}")
        values = [*w, *self.value("delta", l + 1)[:, 0], slope]
        rational = e.is_rational(l, back=True)
        return math_block(
            self._inner_number(l, j),
            rf"{tex('delta', l, j)} &= \bigl({long_sum(symbols, SYMBOLS_IN_LINE, f'(){end}')}\bigr)"
            + end,
            self.put_in(rational, rf"\bigl({terms}\bigr){product}", *values),
            self._asked_delta(l, j),
        )

    def _gradients(self, l: int) -> Block:
        delta, back = tex("delta", l), rf"({tex('a', l - 1)})^T"
        mean = "" if self.m == 1 else rf"\tfrac{{1}}{{{self.m}}}\,"
        total = delta if self.m == 1 else f"{mean}{self._sum()} {delta}"
        rational = self.entries.is_rational(l, back=True)
        return math_block(
            rf"{tex('dw', l)} &= {mean}{delta}\,{back}",
            self.entries.asked_matrix(self.value("dw", l), rational),
            f"{tex('db', l)} &= {total}",
            self.entries.asked_matrix(self.value("db", l), rational),
        )

    def _update(self) -> list[Block]:
        made: list[Block] = [("section", message("worksheet.update"))]
        for l in self.net.w:
            rational = self.entries.is_rational(l, back=True)
            for symbol in "wb" if self.config.update_biases else "w":
                made.append(
                    math_block(
                        rf"{tex(symbol, l)} &\leftarrow {tex(symbol, l)} - "
                        rf"\eta\,{tex('d' + symbol, l)}",
                        self.entries.asked_matrix(self.value(f"{symbol}_after", l), rational),
                    )
                )
        return made

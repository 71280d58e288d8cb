"""The pages that are measured, ours and its peer: the same acts by the names of each.

The peer is TensorFlow Playground, driven where the environment's `PLAYGROUND` is its address.
"""

import os
import time
from typing import Any, Final, Protocol
from urllib.parse import urlencode

from benchmarks.instrument import Instrument, Shown

__all__ = ["NO_PEER", "Deltaflow", "Page", "Playground", "peer_of", "playground"]

NO_PEER: Final = "no reference: PLAYGROUND= names no TensorFlow Playground"
# The network of the peer that is nearest to ours: it has two inputs, one output and eight neurons.
PEERS: Final = {"3-3-2": "2-4-2-1", "2-4-2-1": "2-4-2-1", "2-8-8-8-8-8-8-1": "2-8-8-8-8-8-8-1"}
LAYER: Final = 2


def playground() -> str | None:
    """The address of a built TensorFlow Playground, without the last slash."""
    return os.environ.get("PLAYGROUND", "").rstrip("/") or None


def peer_of(sizes: str) -> str | None:
    """The layer sizes of the peer that stand beside ours, None where it has none."""
    return PEERS.get(sizes)


class Page(Protocol):
    """What can be done to a page; each act that is timed returns what was seen of it."""

    marks: dict[str, str]
    parts: dict[str, str]
    counter: str
    network: str

    def address(self) -> str: ...
    def open(self, sizes: str) -> None: ...
    def open_training(self, sizes: str) -> None: ...
    def step(self) -> Shown: ...
    def edit_weight(self, number: int) -> Shown: ...
    def resize(self, change: int) -> Shown: ...
    def train(self) -> Shown: ...
    def pause(self) -> Shown: ...


class Deltaflow:
    """Our page, by the ids that it promises to keep."""

    marks: Final = {
        "drawn": "#network svg, #network canvas",
        "ready": "#page.ready",
        "formula": "#formula mjx-container, #formula .katex, #formula math",
    }
    parts: Final = {"loss": "#loss-plot", "network": "#network", "boundary": "#boundary"}
    counter: Final = "#epoch"
    network: Final = "Deltaflow"
    CURVE: Final = "#loss-plot .js-line"
    CIRCLES: Final = {
        "dataset": "circles", "points": "500", "train-share": "50", "hidden-activation": "tanh",
        "batch-size": "10", "epochs": "1000000",
    }  # fmt: skip

    def __init__(self, seen: Instrument, url: str) -> None:
        self.seen, self.url = seen, url

    def address(self) -> str:
        return f"{self.url}/"

    def load(self, **fields: str) -> None:
        """Open with these fields, as in an address, and wait until a formula stands there."""
        self.seen.open(f"{self.url}/?{urlencode(fields)}")
        self.seen.wait("document.querySelector('#page.ready')")
        self.seen.wait(f"document.querySelector('{self.marks['formula']}')")

    def open(self, sizes: str, granularity: str = "layer") -> None:
        self.load(**{"layer-sizes": sizes, "granularity": granularity})
        time.sleep(2)

    def open_training(self, sizes: str) -> None:
        """The same points as the peer's: 250 to train on, 250 to test with, loss and boundary."""
        self.load(**self.CIRCLES, **{"layer-sizes": sizes})
        time.sleep(1)
        self.seen.js("document.getElementById('plot-data').click()")
        time.sleep(2)

    def press(self, name: str) -> Shown:
        """One of the walk's buttons, until the caption says what it did."""
        self.seen.wait("!document.getElementById(arguments[0]).disabled", name)
        return self.seen.timed_click(f"#{name}", "#caption")

    def step(self) -> Shown:
        return self.press("step-forward")

    def go(self, kind: str, last: bool = True) -> None:
        """Put the walk at a position of a kind, the last or the first of it; nothing is timed."""
        self.seen.js(
            "const [kind, last] = arguments, { positions } = deltaflow.state.pass;"
            "const kinds = positions.map((one) => one.kind);"
            "deltaflow.press('timeline', last ? kinds.lastIndexOf(kind) : kinds.indexOf(kind));",
            kind,
            last,
        )
        time.sleep(0.6)

    def pick(self) -> None:
        """The table shows the layer that is edited."""
        self.seen.js(f"deltaflow.press('pick', {LAYER})")
        self.seen.wait(f"document.querySelector('#numbers td[data-layer=\"{LAYER}\"]')")

    def edit_weight(self, number: int) -> Shown:
        """Type another w₁₁² in its cell; timed from Enter until the table has it."""
        self.pick()
        cell = "#numbers td[data-symbol=w][data-row='1'][data-col='1']"
        value = 0.1 + number / 100
        self.seen.click(cell, 2)
        self.seen.wait("document.activeElement.id === 'cell-editor-text'")
        self.seen.insert(repr(value))
        time.sleep(0.2)
        is_shown = f'Number(document.querySelector("{cell}")?.title) === {value!r}'
        return self.seen.timed(lambda: self.seen.key("Enter"), "keydown", "#numbers", is_shown)

    def _neurons(self) -> int:
        return int(self.seen.js("return deltaflow.state.pass.sizes[arguments[0]]", LAYER - 1))

    def _has(self, count: int) -> str:
        return f"document.querySelectorAll('#numbers td[data-symbol=b]').length === {count}"

    def resize(self, change: int) -> Shown:
        """A neuron more or fewer by its button; timed until the table has its bias or has not."""
        self.pick()
        button = f"#headings [data-resize='{change}'][data-layer='{LAYER}']"
        return self.seen.timed_click(button, "#numbers", self._has(self._neurons() + change))

    def type_sizes(self, change: int) -> Shown:
        """The layer sizes typed anew with a neuron more or fewer; timed from Enter."""
        self.pick()
        sizes = self.seen.js("return deltaflow.state.pass.sizes")
        sizes[LAYER - 1] += change
        self.seen.js("const field = document.getElementById('layer-sizes');"
                     "field.focus(); field.select();")  # fmt: skip
        self.seen.insert("-".join(map(str, sizes)))
        time.sleep(0.2)
        is_shown = self._has(sizes[LAYER - 1])
        return self.seen.timed(lambda: self.seen.key("Enter"), "keydown", "#numbers", is_shown)

    def _switch(self, training: bool) -> Shown:
        said = self.seen.js("return document.getElementById('train').textContent")
        differs = f"document.getElementById('train').textContent !== {said!r}"
        shown = self.seen.timed_click("#train", "#train", differs)
        self.seen.wait(f"deltaflow.state.training === {str(training).lower()}")
        return shown

    def train(self) -> Shown:
        return self._switch(True)

    def pause(self) -> Shown:
        return self._switch(False)


class Playground:
    """TensorFlow Playground as its repository builds it."""

    marks: Final = {"drawn": "#network g.core", "ready": ".plus-minus-neurons"}
    parts: Final = {"loss": "#linechart", "network": "#svg", "boundary": "#heatmap"}
    counter: Final = "#iter-number"
    network: Final = "TensorFlow Playground"
    PLAY: Final = "#play-pause-button"

    def __init__(self, seen: Instrument, url: str) -> None:
        self.seen, self.url = seen, url

    def address(self, sizes: str = "2-4-2-1") -> str:
        hidden = ",".join(sizes.split("-")[1:-1])
        fields = {"activation": "tanh", "batchSize": "10", "dataset": "circle", "seed": "0.1",
                  "percTrainData": "50", "networkShape": hidden}  # fmt: skip
        return f"{self.url}/#{urlencode(fields, safe=',')}"

    def open(self, sizes: str) -> None:
        self.seen.open(self.address(sizes))
        self.seen.wait("document.querySelector('.plus-minus-neurons')")
        time.sleep(1.5)

    open_training = open

    def step(self) -> Shown:
        return self.seen.timed_click("#next-step-button", self.counter)

    def edit_weight(self, number: int) -> Shown:
        """Another weight typed over the first line; timed from its digit: each takes effect."""
        place = self.seen.js(
            "const path = document.querySelector('#svg path.link-hover');"
            "const at = path.getPointAtLength(path.getTotalLength() / 2);"
            "const { x, y } = at.matrixTransform(path.getScreenCTM()); return [x, y];"
        )
        self.seen.hover((5.0, 5.0))
        self.seen.click(tuple(place))
        self.seen.wait("document.activeElement.closest('#hovercard')")
        self.seen.js("document.activeElement.select()")
        time.sleep(0.2)
        return self.seen.timed(lambda: self.seen.key(str(1 + number % 9)), "keydown", "#svg")

    def resize(self, change: int) -> Shown:
        button = f".ui-numNodes1 button:nth-child({1 if change > 0 else 2})"
        return self.seen.timed_click(button, "#network")

    def _switch(self, playing: bool) -> Shown:
        differs = f"document.querySelector('{self.PLAY}').matches('.playing') === "
        return self.seen.timed_click(self.PLAY, self.PLAY, differs + str(playing).lower())

    def train(self) -> Shown:
        return self._switch(True)

    def pause(self) -> Shown:
        return self._switch(False)


def shown_by(seen: Instrument, sizes: str) -> Any:
    """The peer's page with the network that stands beside ours, None where there is none."""
    address, theirs = playground(), peer_of(sizes)
    return Playground(seen, address) if address and theirs else None

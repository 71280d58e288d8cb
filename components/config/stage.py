"""What stands on the stage: a configuration and the weights that its network has now."""

from dataclasses import dataclass

import engine
from components.config.texts import Config
from components.messages import Message

__all__ = ["Stage"]


@dataclass(frozen=True)
class Stage:
    """What a request puts on the stage; `fresh` where the weights were made anew."""

    config: Config
    net: engine.Network
    iteration: int
    fresh: bool
    notices: list[Message]

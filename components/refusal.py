"""What cannot be used, and why: the base of every error whose words a person reads."""

from components.messages import Told, render

__all__ = ["RefusalError"]


class RefusalError(ValueError):
    """Something that a person or a file brought cannot be used.

    `told` says which place, which value and what is allowed, in any language; as a text it is
    English, for logs and tracebacks.
    """

    def __init__(self, told: Told) -> None:
        super().__init__(told)
        self.told = told

    def __str__(self) -> str:
        return render(self.told)

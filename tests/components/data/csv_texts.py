"""Tables as texts."""

from components.requests.data import answer_read
from tests.english import answered


def read(text, **options):
    return answered(answer_read, {"text": text, "use": True, "salt": "0a" * 16, **options})

"""Tables as texts."""

from components.data.own import own_raw_data
from components.requests.own_table import answer_read
from tests.english import answered


def read(text, **options):
    return answered(answer_read, {"text": text, "use": True, "salt": "0a" * 16, **options})


def made(text=None, **options):
    answer = read(text, **options)
    assert answer.get("own"), answer
    return own_raw_data(answer["own"]["name"])


def question(answer):
    return [p for p in answer["proposals"] if p["chosen"] is None]


def said(answer):
    return " ".join(told for p in answer["proposals"] for told in p["told"])

"""What was done to a table, written down beside the data."""

import pytest

from components.data.own import own_raw_data, read_own
from components.data.steps import read_steps
from components.refusal import RequestError
from tests.components.data.csv_texts import read

TEXT = "id;v\n1;10,5\n2;8,5\n3;7,25\n"


def test_what_was_done_is_kept_with_the_data_and_reads_back():
    answer = read(TEXT, kind="regression")
    steps = own_raw_data(answer["own"]["name"]).steps
    told = [str(step) for step in steps]
    assert "Decimals are read with a comma: “10,5” is 10.5." in told and len(told) >= 2


GOOD = {"key": "table.told.trailing", "arguments": {}}


@pytest.mark.parametrize(
    "steps",
    [
        *("text", [], [GOOD] * 251, [{"key": "table.told.trailing"}], [{**GOOD, "more": 1}]),
        [{"key": "table.told.point", "arguments": {}}],
        [{"key": "play.start", "arguments": {}}],
        [{"key": "table.told.nothing", "arguments": {}}],
        [{"key": "table.told.point", "arguments": {"text": "a\nimport os", "value": "1"}}],
        [{"key": "table.told.point", "arguments": {"text": "x" * 401, "value": "1"}}],
        [{"key": "table.told.point", "arguments": {"text": ["x"], "value": True}}],
        [{"key": "table.told.rows", "arguments": {"count": "x", "left": 1}}],
        [{"key": ["table."], "arguments": {}}],
    ],
)
def test_steps_that_no_table_tells_are_refused(steps):
    with pytest.raises(RequestError, match=r"own\.steps"):
        read_steps(steps)


def test_steps_are_vouched_for_by_the_key():
    own = read(TEXT, kind="regression")["own"]
    with pytest.raises(RequestError, match="not the key of this content"):
        read_own({**own, "steps": [GOOD]})

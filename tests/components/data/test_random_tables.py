"""No table is read wrongly without a question; more of them by hand: python -m tests.components…

python -m tests.components.data.test_random_tables 10000
"""

import sys
from collections import Counter

from components.data.own import own_raw_data
from tests.components.data.csv_texts import read
from tests.components.data.random_tables import content_of, flaw, write


def looked_at(count, first=0):
    """How many tables were read, asked about or refused; raises AssertionError for a wrong one."""
    found = Counter()
    for seed in range(first, first + count):
        table = write(seed)
        answer = read(None, content=content_of(table))
        own = answer.get("own")
        asked = [p["name"] for p in answer.get("proposals", ()) if p["chosen"] is None]
        found["read" if own else "asked" if asked else "refused"] += 1
        kept = {"raw": own_raw_data(own["name"]) if own else None}
        kept["names"] = [p["name"] for p in answer.get("proposals", ())]
        wrong = flaw(table, answer, kept)
        assert not wrong, (seed, table.content, wrong)
    return found


def test_no_table_is_read_wrongly_without_a_question():
    found = looked_at(300)
    assert found["read"] > 150 and found["asked"] > 10


if __name__ == "__main__":
    print(dict(looked_at(int(sys.argv[1]))))

"""What was made of a table, said line by line, each with the other ways that it could be read.

A proposal that nothing has chosen is a question: the table is not used until it is answered.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from components.data.csv_reading import Table
from components.data.csv_rows import BLANK
from components.data.number_proposals import decimals, units
from components.data.proposal import Proposal, cell_place, plain_number
from components.data.table_problems import place
from components.data.table_roles import Suggestion, is_one_hot, numbers_of, suggest_kind
from components.data.table_samples import GAPS, Choice, Reading
from components.messages import message
from components.refusal import short

__all__ = ["SEPARATOR_NAMES", "propose"]

SEPARATOR_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe", BLANK: "blank"}


def _form(table: Table, encoding: str) -> Iterator[Proposal]:
    """How the text is divided into cells, and what was passed over."""
    separator = message(f"own.separator.{SEPARATOR_NAMES[table.separator]}")
    told = []
    if encoding:
        name = message(f"own.encoding.{encoding}")
        told.append(message("table.told.encoding", encoding=name))
    key = "table.told.named" if table.header else "table.told.unnamed"
    told.append(message(key, separator=separator))
    if table.records.comments:
        told.append(message("table.told.comments", count=table.records.comments))
    if table.records.trailing:
        told.append(message("table.told.trailing"))
    yield Proposal("form", tuple(told))
    if "separator" in table.asked:
        choices = [(name, message(f"own.separator.{name}")) for name in ("comma", "blank")]
        yield Proposal("separator", (message("table.ask.separator"),), tuple(choices), None)
    if "header" in table.asked:
        cells = ", ".join(cell[:20] for cell in table.first[:6])
        choices = [(value, message(f"own.header.{value}")) for value in ("yes", "no")]
        asked = message("table.ask.header", cells=short(cells))
        yield Proposal("header", (asked,), tuple(choices), None)


def _roles(
    table: Table, suggestion: Suggestion, choice: Choice, reading: Reading
) -> Iterator[Proposal]:
    """Columns left out and why, words that became inputs, columns joined as classes."""
    names = {role: message(f"own.role.{role}") for role in ("ignored", "input")}
    for k, why in suggestion.left_out.items():
        role = choice.roles[k]
        if role == "target" or (role == "input" and why != "index"):
            continue
        key = f"table.left_out.{why}" if role == "ignored" else "table.taken.index"
        told = message(key, **place(table, k))
        both = tuple(names.items()) if why in ("index", "words") else ()
        yield Proposal(f"role:{k}", (told,), both, role if both else "")
    for k, words in reading.hot.items():
        listed = short(", ".join(words))
        told = message("table.told.hot", count=len(words), words=listed, **place(table, k))
        yield Proposal(f"role:{k}", (told,), tuple(names.items()), "input")
    targets = [k for k, role in enumerate(choice.roles) if role == "target"]
    block = suggestion.one_hot
    joined = len(targets) > 1 and choice.kind == "classes" and is_one_hot(table, targets)
    if joined or (block and len(targets) == 1 and targets[0] == block[-1]):
        shown = targets if joined else list(block)
        listed = short(", ".join(table.names[k] for k in shown))
        key = "table.told.joined" if joined else "table.told.apart"
        choices = (("yes", message("table.joined.yes")), ("no", message("table.joined.no")))
        yield Proposal(
            "onehot", (message(key, columns=listed),), choices, "yes" if joined else "no"
        )


def _kind(table: Table, choice: Choice) -> Iterator[Proposal]:
    """That whole numbers are taken as classes, or are not, where both are likely."""
    targets = [k for k, role in enumerate(choice.roles) if role == "target"]
    if len(targets) != 1 or not table.columns[targets[0]].is_numeric:
        return
    values = numbers_of(table, targets[0]).values
    different = np.unique(values[~np.isnan(values)])
    if suggest_kind(table, choice.roles) != "classes":
        return
    listed = short(", ".join(map(plain_number, different.tolist())))
    told = message(f"table.told.{choice.kind}", values=listed)
    kinds = tuple((kind, message(f"own.kind.{kind}")) for kind in ("classes", "regression"))
    yield Proposal("kind", (told,), kinds, choice.kind)


def _gaps(table: Table, choice: Choice, reading: Reading) -> Iterator[Proposal]:
    """What became of the gaps, and of rows that cannot be read."""
    if reading.unread:
        key = "table.told.unread_left_out" if choice.unread else "table.told.unread"
        choices = (("keep", message("table.unread.keep")), ("rows", message("table.unread.rows")))
        told = message(key, count=reading.unread)
        yield Proposal("unread", (told,), choices, "rows" if choice.unread else "keep")
    if not reading.gaps:
        return
    told_all = [message("table.told.gaps", count=sum(reading.gaps.values()))]
    if reading.left_out:
        left = len(table.rows) - reading.left_out - (reading.unread if choice.unread else 0)
        told_all.append(message("table.told.rows", count=reading.left_out, left=left))
    for k, fill in reading.filled.items():
        told_all.append(message("table.told.filled", value=short(fill), **place(table, k)))
    ways = tuple((name, message(f"table.gaps.{name}")) for name in GAPS)
    yield Proposal("gaps", tuple(told_all), ways, choice.gaps)


def _words(table: Table, used: Sequence[int], words: bool | None) -> Iterator[Proposal]:
    """Whether NA and the like among words are gaps: Namibia is called so too."""
    for k in used:
        column = table.columns[k]
        if not column.is_numeric and column.unsure and "+" not in column.texts:
            told = message("table.ask.words", **cell_place(table, k, column.unsure[0]))
            choices = (("gap", message("table.words.gap")), ("word", message("table.words.word")))
            chosen = None if words is None else "word" if words else "gap"
            yield Proposal("missing", (told,), choices, chosen)
            return


def propose(
    table: Table,
    encoding: str,
    suggestion: Suggestion,
    choice: Choice,
    reading: Reading,
    answers: Mapping[str, str],
) -> list[Proposal]:
    """All that was decided on the way from a text to own data, questions first.

    `encoding` is empty for a text that was pasted, `answers` what a person has answered so far.
    """
    used = [k for k, role in enumerate(choice.roles) if role != "ignored"]
    words = {"gap": False, "word": True}.get(answers.get("missing", ""))
    onehot = "onehot" in answers or suggestion.sure
    found = [
        *_form(table, encoding),
        *decimals(table, used),
        *_words(table, used, words),
        *units(table, used),
        *_roles(table, suggestion, choice, reading),
        *_gaps(table, choice, reading),
        *_kind(table, choice),
    ]
    for i, proposal in enumerate(found):
        if proposal.name == "onehot" and not onehot:
            told = (message("table.ask.joined", columns=proposal.told[0].arguments["columns"]),)
            found[i] = Proposal("onehot", told, proposal.choices, None)
    return sorted(found, key=_rank)


def _rank(proposal: Proposal) -> int:
    """Questions first, then what stands in the way, then what can be changed, then the rest."""
    if proposal.asked:
        return 0
    return 1 if proposal.name == "unread" else 2 if proposal.choices else 3

"""What the columns of a table may be for: proposed by what they hold, never more than proposed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from components.data.cell_reading import POINT
from components.data.columns import Column, Numbers
from components.data.csv_reading import Table

__all__ = [
    "KINDS",
    "ROLES",
    "Suggestion",
    "is_one_hot",
    "numbers_of",
    "suggest_kind",
    "suggest_roles",
]

ROLES: Final = ("input", "target", "ignored")
KINDS: Final = ("classes", "regression")
FEW_LABELS: Final = 10
MOST_CATEGORIES: Final = 20
TARGET_NAMES: Final = (
    "y target targets label labels class classes output outcome klasse ziel species category "
    "survived diagnosis 标签 类别 种类 目标 目标值 分类 类 ラベル 種類 目的変数 類別 標籤"
)
ID_NAMES: Final = (
    "id index idx no no. nr nr. # row rownames rowname unnamed:0 uid uuid key 编号 序号 编码 "
    "番号 編號 序號 索引"
)
TARGETS: Final = frozenset(TARGET_NAMES.split())
IDS: Final = frozenset(ID_NAMES.split())


@dataclass(frozen=True)
class Suggestion:
    """The roles of the columns; `left_out` says why some are ignored: "index", "dates", …

    `one_hot` are the last columns where they hold one 1 a row; `sure` says that they are named
    alike or are three and more, so that this is no accident.
    """

    roles: tuple[str, ...]
    left_out: dict[int, str]
    one_hot: tuple[int, ...] = ()
    sure: bool = False


def numbers_of(table: Table, k: int) -> Numbers:
    """The numbers of a column with its decimal mark, a point where that is still asked for."""
    return table.columns[k].read(table.marks[k] or POINT)


def _named_id(name: str) -> bool:
    plain = name.strip().lower().replace(" ", "")
    ends = name.endswith(("_id", "_ID", " id", " ID", "Id", "ID", "-id"))
    return plain in IDS or (ends and len(plain) > 2)


def _is_index(table: Table, k: int) -> bool:
    """Whether a column numbers its rows: it counts them, or is called so and differs in each."""
    column = table.columns[k]
    if len(set(column.texts)) < len(column.texts) or len(column.texts) < 2:
        return False
    named = table.header and _named_id(table.first[k])
    values = column.point
    if column.numbers < len(values) or column.units or not np.all(values == np.round(values)):
        return named and not column.is_numeric
    runs = bool(np.all(np.diff(values) == 1))
    return named or (k == 0 and runs and values[0] in (0, 1) and len(values) > 2)


def _why_left_out(table: Table, k: int) -> str:
    """Why a column is no input, or an empty text; a target may still be made of words."""
    column = table.columns[k]
    if _is_index(table, k):
        return "index"
    if not column.numbers and not column.words and not column.failed:
        return "empty"
    if column.is_dated:
        return "dates"
    if column.is_numeric:
        return ""
    different = len(set(column.texts))
    few = different <= min(MOST_CATEGORIES, max(2, len(column.texts) // 2))
    return "" if few else "words"


def _zero_or_one(column: Column) -> bool:
    values = column.point
    whole = column.numbers + len(column.gaps) + len(column.unsure) == len(values)
    known = values[~np.isnan(values)]
    return whole and not column.units and len(known) > 0 and bool(np.isin(known, (0, 1)).all())


def is_one_hot(table: Table, columns: Sequence[int]) -> bool:
    """Whether each row without gaps has one 1 in these columns and else 0."""
    if len(columns) < 2 or not all(_zero_or_one(table.columns[k]) for k in columns):
        return False
    sums = np.sum([table.columns[k].point for k in columns], axis=0)
    every = all(np.nanmax(table.columns[k].point) == 1 for k in columns)
    known = sums[~np.isnan(sums)]
    return every and len(known) > 0 and bool(np.all(known == 1))


def _stem(name: str) -> str:
    """What names such as c0 and c1, or kind_cat and kind_dog, have in common."""
    return name.rstrip("0123456789").rpartition("_")[0] or name.rstrip("_0123456789")


def _one_hot_end(table: Table, usable: Sequence[int]) -> tuple[tuple[int, ...], bool]:
    """The last columns that are one-hot together, and whether that is sure; an input is left."""
    last = len(table.names) - 1
    block: list[int] = []
    sums = np.zeros(len(table.rows))
    for k in range(last, 0, -1):
        if not _zero_or_one(table.columns[k]) or k not in usable:
            break
        sums = sums + table.columns[k].point
        if np.nanmax(sums, initial=0) > 1:
            break
        block.insert(0, k)
        inputs = [i for i in usable if i < k]
        if len(block) > 1 and inputs and is_one_hot(table, block):
            stems = {_stem(table.names[i]) for i in block} if table.header else {""}
            return tuple(block), len(block) > 2 or (len(stems) == 1 and stems != {""})
    return (), False


def _target(table: Table, usable: Sequence[int]) -> int:
    """The column called target or class, else the last of few words, else the last."""
    named = [k for k in usable if table.header and table.names[k].strip().lower() in TARGETS]
    words = [k for k in usable if not table.columns[k].is_numeric]
    last = len(table.names) - 1
    if not named and not words and last not in usable and not table.columns[last].is_numeric:
        return last
    return (named or words or usable or [last])[-1]


def suggest_roles(table: Table, joined: bool | None = None) -> Suggestion:
    """What the columns may be for; `joined` says that the last ones are one-hot, or are not.

    Numbers and few words are inputs. What numbers the rows, dates and words that hardly repeat
    are left out; the target is the column called so, else the last of words, else the last.
    """
    why = {k: reason for k in range(len(table.names)) if (reason := _why_left_out(table, k))}
    usable = [k for k in range(len(table.names)) if k not in why]
    if len(usable) < 2:  # a table of little is taken as it is
        kept = [k for k, reason in why.items() if reason == "index" and table.columns[k].numbers]
        usable = sorted([*usable, *kept])
        why = {k: reason for k, reason in why.items() if k not in kept}
    block, sure = _one_hot_end(table, usable)
    taken = block if block and (sure if joined is None else joined) else ()
    targets = taken or (_target(table, usable),)
    roles = ["ignored" if k in why else "input" for k in range(len(table.names))]
    for k in targets:
        roles[k] = "target"
        why.pop(k, None)
    return Suggestion(tuple(roles), why, block, sure)


def suggest_kind(table: Table, roles: Sequence[str]) -> str:
    """Classes for one target of words or of few whole numbers, or several one-hot; else numbers."""
    targets = [k for k, role in enumerate(roles) if role == "target"]
    if len(targets) != 1:
        return "classes" if is_one_hot(table, targets) else "regression"
    column = table.columns[targets[0]]
    if not column.is_numeric:
        return "classes"
    values = numbers_of(table, targets[0]).values
    known = values[~np.isnan(values)]
    few = len(set(known.tolist())) <= min(FEW_LABELS, max(2, len(known) // 2))
    return "classes" if few and bool(np.all(known == np.round(known))) else "regression"

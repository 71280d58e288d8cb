"""Typed numbers and pasted matrices: what is read, exactly, and what is refused, by name."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.config.pasted_matrices import read_matrix
from components.config.typed_numbers import NUMBER_MAX, EditError, read_number

numbers = st.floats(-NUMBER_MAX, NUMBER_MAX)
matrices = st.tuples(st.integers(1, 4), st.integers(1, 4)).flatmap(
    lambda shape: st.lists(
        st.lists(numbers, min_size=shape[1], max_size=shape[1]),
        min_size=shape[0],
        max_size=shape[0],
    )
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.5", 0.5),
        ("0,5", 0.5),
        ("1/2", 0.5),
        ("-1 / 3", -1 / 3),
        ("-.3", -0.3),
        ("+2.", 2.0),
        ("1e-3", 1e-3),
        (" −0.5 ", -0.5),
        ("1000000", 1e6),
        ("-0", -0.0),
    ],
)
def test_a_typed_number_is_read(text: str, value: float) -> None:
    assert np.float64(read_number(text)).tobytes() == np.float64(value).tobytes()


@pytest.mark.parametrize(
    "text",
    ["", " ", "abc", "nan", "inf", "1e308", "1000000.1", "1/0", "1/2/3", "1_000", "１２", "0x10",
     "1.234,5", "1,", ",5", "1 2", "--1", "1e", "1e999/1e999", "9" * 100],
)  # fmt: skip
def test_anything_else_is_no_number(text: str) -> None:
    with pytest.raises(ValueError):
        read_number(text)


@given(numbers)
def test_every_digit_counts(value: float) -> None:
    assert np.float64(read_number(repr(value))).tobytes() == np.float64(value).tobytes()


@given(matrices)
def test_what_programs_write_is_read_back_exactly(rows: list[list[float]]) -> None:
    array = np.array(rows)
    lines = [[repr(v) for v in row] for row in rows]
    texts = {
        "json": json.dumps(rows),
        "json in lines": json.dumps(rows, indent=2),
        "numpy": np.array2string(array, floatmode="unique", max_line_width=40),
        "numpy code": f"w = np.array({rows!r}, dtype=np.float64)",
        "matlab": "[" + "; ".join(" ".join(row) for row in lines) + "];",
        "matlab in lines": "[" + "\n".join(", ".join(row) for row in lines) + "]",
        "csv": "\r\n".join(",".join(row) for row in lines) + "\r\n",
        "csv with decimal commas": "\n".join(";".join(row).replace(".", ",") for row in lines),
        "tabs": "\n".join("\t".join(row) for row in lines),
        "tabs with decimal commas": "\n".join("\t".join(row).replace(".", ",") for row in lines),
        "columns": "\n".join("  " + "   ".join(row) for row in lines),
    }
    for name, text in texts.items():
        assert read_matrix("w²", text, *array.shape).array.tobytes() == array.tobytes(), name


@pytest.mark.parametrize(
    ("text", "shape", "read", "commas"),
    [
        ("1 2; 3 4", (2, 2), [[1, 2], [3, 4]], False),
        ("1, 2\n3, 4\n", (2, 2), [[1, 2], [3, 4]], False),
        ("0,5;1,5\n2;3", (2, 2), [[0.5, 1.5], [2, 3]], True),
        ("0,5;1,5", (2, 2), [[0, 5], [1, 5]], False),
        ("0,5;1,5", (1, 2), [[0.5, 1.5]], True),
        ("0,5 1,5", (1, 2), [[0.5, 1.5]], True),
        ("0,5", (1, 2), [[0, 5]], False),
        ("0,5", (1, 1), [[0.5]], True),
        ("[0,5]", (1, 2), [[0, 5]], False),
        ("1, 0.5, -0.5", (3, 1), [[1], [0.5], [-0.5]], False),
        ("[1 2\n 3]", (3, 1), [[1], [2], [3]], False),
        ("1/2 −1", (1, 2), [[0.5, -1]], False),
    ],
)
def test_the_shape_decides_what_separators_mean(
    text: str, shape: tuple[int, int], read: list[list[float]], commas: bool
) -> None:
    pasted = read_matrix("w²", text, *shape)
    assert pasted.array.tolist() == read
    assert pasted.decimal_commas is commas


@pytest.mark.parametrize(
    ("text", "shape", "said"),
    [
        ("1 2\n3 4", (3, 2), ["w² is 3×2", "text is 2×2"]),
        ("1 2 3", (2, 1), ["w² is 2×1", "text is 1×3"]),
        ("[1; 2; 3]", (1, 3), ["w² is 1×3", "text is 3×1"]),
        ("[[1, 2], [3]]", (2, 2), ["w² is 2×2", "row 1 has 2 and row 2 has 1"]),
        ("1 2\n3 x", (2, 2), ["row 2, column 2", "“x”", "1/2"]),
        ("1\t\t2\n3\t4\t5", (2, 3), ["row 1, column 2", "empty"]),
        ("1;;2", (3, 1), ["row 2, column 1", "empty"]),
        ("1,,2", (1, 3), ["row 1, column 2", "empty"]),
        ("[[1., ..., 2.]]", (1, 3), ["left numbers out (…)", "threshold=np.inf"]),
        ("1, 2,3", (1, 2), ["w² is 1×2", "1×3"]),
        ("1.5 2,5", (1, 2), ["1×3"]),
        ("[1 nan]", (1, 2), ["row 1, column 2", "“nan”"]),
        ("[1e9]", (1, 1), ["row 1, column 1", "1000000"]),
        ("[[1, 2], [3, 4]", (2, 2), ["brackets"]),
        ("]1[", (1, 1), ["brackets"]),
        ("[[[1]]]", (1, 1), ["brackets"]),
        ("[1] and [2]", (1, 2), ["brackets"]),
        ("print([1])()", (1, 1), ["brackets"]),
        (" \n\t", (1, 1), ["empty"]),
        ("[]", (1, 1), ["empty"]),
        ("1 " * 5000, (2, 2), ["10000 characters"]),
    ],
)
def test_what_cannot_be_put_in_is_told_with_its_place(
    text: str, shape: tuple[int, int], said: list[str]
) -> None:
    with pytest.raises(EditError) as refused:
        read_matrix("w²", text, *shape)
    assert all(words in str(refused.value) for words in said), str(refused.value)


@given(st.text(alphabet="12.,;[]()- \n\tea/x", max_size=40), st.integers(1, 3), st.integers(1, 3))
def test_no_text_does_anything_but_be_read_or_refused(text: str, rows: int, cols: int) -> None:
    try:
        array = read_matrix("w²", text, rows, cols).array
    except EditError as refused:
        assert "w²" in str(refused)
    else:
        assert array.shape == (rows, cols)
        assert np.abs(array).max() <= NUMBER_MAX

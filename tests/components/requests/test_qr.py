"""The QR code of a link: the modules that its library makes, and nothing too long for one."""

import re

import pytest
import segno

LINK = "https://example.org/?lang=en#place=1." + "Ab_-" * 200


def modules(code):
    """The dark modules of an answer, as (x, y)."""
    rectangles = re.findall(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z", code["path"])
    assert "".join(f"M{x} {y}h{w}v1h-{v}z" for x, y, w, v in rectangles) == code["path"]
    assert all(w == v for _, _, w, v in rectangles)
    return {(int(x) + i, int(y)) for x, y, w, _ in rectangles for i in range(int(w))}


@pytest.mark.parametrize("text", ["a", LINK, "x" * 2953])
def test_a_code_has_the_dark_modules_of_its_text(client, text):
    code = client.post("/qr", json={"text": text}).json
    matrix = segno.make_qr(text, error="l", encoding="utf-8").matrix
    dark = {(x, y) for y, row in enumerate(matrix) for x, bit in enumerate(row) if bit}
    assert code["size"] == len(matrix) and modules(code) == dark


@pytest.mark.parametrize("text", ["", "x" * 2954, "é" * 1477, 7, None, ["x"]])
def test_what_fits_no_code_is_refused(client, text):
    answer = client.post("/qr", json={"text": text})
    assert answer.status_code == 400 and answer.json["error"]["key"].startswith("refusal")

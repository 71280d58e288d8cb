"""Matrices as programs print them are read as they are, turned round, or refused."""

import numpy as np
import pytest

from components.config.pasted_matrices import read_matrix
from components.config.typed_numbers import EditError
from components.requests.amend import answer_amend
from tests.english import answered

W = [[0.3, -0.1], [0.2, 0.4]]
PRINTED = {
    "PyTorch's Parameter": (
        "Parameter containing:\n"
        "tensor([[ 0.3000, -0.1000],\n"
        "        [ 0.2000,  0.4000]], requires_grad=True)"
    ),
    "PyTorch with grad_fn": (
        "tensor([[ 0.3000, -0.1000],\n [ 0.2000,  0.4000]], grad_fn=<AddmmBackward0>)"
    ),
    "PyTorch with device": (
        "tensor([[ 0.3000, -0.1000],\n"
        " [ 0.2000,  0.4000]], device='cuda:0', dtype=torch.float64,\n"
        "       requires_grad=True)"
    ),
    "NumPy's print": ("[[ 0.3 -0.1]\n [ 0.2  0.4]]"),
    "NumPy's array": ("array([[ 0.3, -0.1],\n       [ 0.2,  0.4]], dtype=float32)"),
    "JAX": ("Array([[ 0.3, -0.1],\n       [ 0.2,  0.4]], dtype=float32)"),
    "Keras' get_weights": (
        "[array([[ 0.3, -0.1],\n"
        "       [ 0.2,  0.4]], dtype=float32), array([0., 1.], dtype=float32)]"
    ),
    "scikit-learn's coefs_": (
        "[array([[ 0.3, -0.1],\n       [ 0.2,  0.4]]), array([[0.5],\n [1.]])]"
    ),
    "PyTorch's parameters": (
        "[Parameter containing:\n"
        "tensor([[ 0.3000, -0.1000],\n"
        "        [ 0.2000,  0.4000]], requires_grad=True), Parameter containing:\n"
        "tensor([0.1, 0.2], requires_grad=True)]"
    ),
    "PyTorch's state_dict": (
        "OrderedDict([('weight', tensor([[ 0.3000, -0.1000],\n"
        "        [ 0.2000,  0.4000]])), ('bias', tensor([0.1, 0.2]))])"
    ),
    "TensorFlow's Variable": (
        "<tf.Variable 'dense/kernel:0' shape=(2, 2) dtype=float32, numpy=\n"
        "array([[ 0.3, -0.1],\n"
        "       [ 0.2,  0.4]], dtype=float32)>"
    ),
    "TensorFlow's Tensor": (
        "<tf.Tensor: shape=(2, 2), dtype=float32, numpy=\n"
        "array([[ 0.3, -0.1],\n"
        "       [ 0.2,  0.4]], dtype=float32)>"
    ),
    "Keras 3": (
        "<Variable path=dense/kernel, shape=(2, 2), dtype=float32, value=[[ 0.3 "
        "-0.1]\n"
        " [ 0.2  0.4]]>"
    ),
    "Mathematica": "{{0.3, -0.1}, {0.2, 0.4}}",
    "Mathematica's powers": "{{3.*^-1, -0.1}, {0.2, 0.4}} // MatrixForm",
    "MATLAB": "[0.3 -0.1; 0.2 0.4]",
    "MATLAB's print": ("W =\n\n    0.3000   -0.1000\n    0.2000    0.4000\n"),
    "MATLAB's factor": ("W =\n\n   1.0e-03 *\n\n   300.0   -100.0\n   200.0    400.0\n"),
    "MATLAB on two lines": ("W = [0.3 -0.1; ...\n 0.2 0.4];"),
    "LaTeX bmatrix": "\\begin{bmatrix} 0.3 & -0.1 \\\\ 0.2 & 0.4 \\end{bmatrix}",
    "LaTeX array": (
        "$$W = \\left[\\begin{array}{cc}\n"
        "\\frac{3}{10} & -0{,}1 \\\\\n"
        "0.2 & 0.4 \\\\\n"
        "\\end{array}\\right]$$"
    ),
    "LaTeX pmatrix": ("\\begin{pmatrix}\n0.3 & -0.1\\\\ 0.2 & 0.4\n\\end{pmatrix}"),
    "R": ("     [,1] [,2]\n[1,]  0.3 -0.1\n[2,]  0.2  0.4"),
    "Markdown": ("| 0.3 | -0.1 |\n|---|---|\n| 0.2 | 0.4 |"),
    "Markdown with a head": ("| a | b |\n|:--|--:|\n| 0.3 | -0.1 |\n| 0.2 | 0.4 |"),
    "pandas' Markdown": (
        "|    |   0 |    1 |\n|---:|----:|-----:|\n|  0 | 0.3 | -0.1 |\n|  1 | 0.2 |  0.4 |"
    ),
    "pandas": ("     0    1\n0  0.3 -0.1\n1  0.2  0.4"),
    "Julia": ("2×2 Matrix{Float64}:\n 0.3  -0.1\n 0.2   0.4"),
    "Excel with commas": ("0,3\t-0,1\n0,2\t0,4"),
    "NumPy 2 in a list": (
        "[[np.float64(0.3), np.float64(-0.1)], [np.float64(0.2), np.float64(0.4)]]"
    ),
    "Python": "[[0.3, -0.1], [0.2, 0.4]]",
    "NumPy's matrix": "matrix([[0.3, -0.1], [0.2, 0.4]])",
    "NumPy's code": "w = np.array([[0.3, -0.1], [0.2, 0.4]], dtype=np.float32);",
    "minus signs": ("0.3 −0.1\n0.2 0.4"),
    "R with names": ("    x1   x2\nh1 0.3 -0.1\nh2 0.2  0.4"),
    "Maple": "Matrix([[0.3, -0.1], [0.2, 0.4]])",
    "SymPy": ("Matrix([\n[0.3, -0.1],\n[0.2,  0.4]])"),
}
COLUMNS = [
    "[1] 0.3 0.4", "[0.3, 0.4]", "tensor([0.3, 0.4], requires_grad=True)", "array([0.3, 0.4])",
    "Parameter containing:\ntensor([0.3000, 0.4000], requires_grad=True)", "{0.3, 0.4}",
    "\\begin{bmatrix}0.3\\\\0.4\\end{bmatrix}",
    "[array([[1., 2.], [3., 4.]]), array([0.3, 0.4])]",
]  # fmt: skip
REFUSED = {
    "array([[0.3, ..., 0.1],\n [0.2, ..., 0.4]])": "left numbers out",
    "\\begin{bmatrix} 1 & \\cdots \\\\ 2 & 3\\end{bmatrix}": "left numbers out",
    "[array([[1, 2], [3, 4]]), array([[5, 6], [7, 8]])]": "2 arrays of the text",
    "2 * [[0.3, -0.1], [0.2, 0.4]]": "brackets",
    "-[[1, 2], [3, 4]]": "brackets",
    "tensor([[1, 2], [3, 4]]) + 1": "brackets",
    "np.array([[1, 2], [3, 4]]) * 2": "brackets",
    "np.array([[1, 2], [3, 4]]).T": "brackets",
    "tensor([[1, 2], [3, 4]], unknown=3)": "brackets",
}


def test_what_programs_print_is_read_as_it_is():
    for name, text in PRINTED.items():
        assert read_matrix("w²", text, 2, 2).array.tolist() == W, name
    for text in COLUMNS:
        assert read_matrix("b²", text, 2, 1).array.ravel().tolist() == [0.3, 0.4], text


def test_what_is_more_than_a_matrix_is_refused():
    for text, said in REFUSED.items():
        with pytest.raises(EditError, match=said):
            read_matrix("w²", text, 2, 2)


def test_a_matrix_the_other_way_round_is_told_of_and_turned_where_that_is_asked():
    text = "array([[1., 2., 3.],\n [4., 5., 6.]])"
    with pytest.raises(EditError, match=r"the text is 2×3, the other way round: press Transpose"):
        read_matrix("w²", text, 3, 2)
    turned = read_matrix("w²", text, 3, 2, transposed=True).array
    assert np.array_equal(turned, [[1, 4], [2, 5], [3, 6]])
    change = {"symbol": "w", "layer": 3, "text": "1 2\n3 4\n5 6"}
    assert "press Transpose" in answered(answer_amend, {"fields": {}, **change})["refused"]["text"]
    answer = answered(answer_amend, {"fields": {}, **change, "transposed": True})
    assert "weights" in answer and "refused" not in answer

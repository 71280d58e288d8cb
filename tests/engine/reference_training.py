"""Training written once more, from the papers alone: samples as rows, optimisers array by array,
momentum with the learning rate inside the velocity."""

import math

import numpy as np


class ReferenceNetwork:
    """Sigmoid layers with ½‖a−y‖², as plain lists of row vectors."""

    def __init__(self, w, b):
        self.w = [np.array(matrix) for matrix in w]
        self.b = [np.array(bias).ravel() for bias in b]

    def gradient(self, x, y):
        """Means over the rows of x and y, by the chain rule."""
        outputs = [x]
        for matrix, bias in zip(self.w, self.b, strict=True):
            outputs.append(1.0 / (1.0 + np.exp(-(outputs[-1].dot(matrix.T) + bias))))
        upstream = (outputs[-1] - y) / len(x)
        dw, db = [], []
        for l in reversed(range(len(self.w))):
            upstream = upstream * outputs[l + 1] * (1.0 - outputs[l + 1])
            dw.insert(0, np.einsum("sj,sk->jk", upstream, outputs[l]))
            db.insert(0, upstream.sum(axis=0))
            upstream = upstream.dot(self.w[l])
        return dw, db


class ReferenceRule:
    """One array's optimiser, straight from its paper, on a memory of its own."""

    def __init__(self, name, eta):
        self.name, self.eta, self.t = name, eta, 0
        self.first = self.second = 0.0

    def __call__(self, theta, g):
        self.t += 1
        return getattr(self, self.name)(theta, g)

    def sgd(self, theta, g):
        return theta - self.eta * g

    def momentum(self, theta, g):
        """Sutskever et al. 2013, eqs. 1 and 2: the velocity carries the learning rate."""
        self.first = 0.9 * self.first - self.eta * g
        return theta + self.first

    def nesterov(self, theta, g):
        """Bengio et al. 2013, eq. 7: θ ← θ + μ²v − (1+μ)ηg with the old v."""
        old = self.first
        self.first = 0.9 * old - self.eta * g
        return theta + 0.9 * 0.9 * old - 1.9 * self.eta * g

    def rmsprop(self, theta, g):
        self.second = 0.9 * self.second + 0.1 * g**2
        return theta - self.eta * g / (self.second**0.5 + 1e-8)

    def adam(self, theta, g):
        """Kingma & Ba 2015, algorithm 1, with the corrected moments written out."""
        self.first = 0.9 * self.first + 0.1 * g
        self.second = 0.999 * self.second + 0.001 * g * g
        corrected = self.first / (1.0 - math.pow(0.9, self.t))
        spread = self.second / (1.0 - math.pow(0.999, self.t))
        return theta - self.eta * corrected / (np.sqrt(spread) + 1e-8)


def batches(m, size, seed, count):
    """The indices of the first `count` batches."""
    epoch = 0
    while True:
        order = list(np.random.default_rng([seed, epoch]).permutation(m))
        while order:
            if not count:
                return
            count -= 1
            yield order[:size]
            order = order[size:]
        epoch += 1


def reference_run(w, b, x, y, *, optimiser, eta, size, seed, count, l1=0.0, l2=0.0):
    """w and b after `count` batches; x (n_1, m), y (n_L, m)."""
    net = ReferenceNetwork(w, b)
    rules_w = [ReferenceRule(optimiser, eta) for _ in net.w]
    rules_b = [ReferenceRule(optimiser, eta) for _ in net.b]
    for chosen in batches(x.shape[1], size, seed, count):
        dw, db = net.gradient(x.T[chosen], y.T[chosen])
        dw = [g + l2 * w + l1 * np.sign(w) for g, w in zip(dw, net.w, strict=True)]
        net.w = [rule(w, g) for rule, w, g in zip(rules_w, net.w, dw, strict=True)]
        net.b = [rule(b, g) for rule, b, g in zip(rules_b, net.b, db, strict=True)]
    return net.w, net.b

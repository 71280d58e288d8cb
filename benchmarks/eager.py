"""The same steps in PyTorch's eager mode: with its modules, and as the plainest loop."""

from collections.abc import Callable

from benchmarks.problems import Problem, Start


def modules(problem: Problem, start: Start, n: int) -> Callable[[], tuple[list, list]]:
    """As its tutorials write it: modules, a loss and an optimiser of PyTorch's own, float64."""
    import torch

    torch.set_num_threads(1)
    modules = {"sigmoid": torch.nn.Sigmoid, "tanh": torch.nn.Tanh, "relu": torch.nn.ReLU}
    layers: list = []
    for w, b, name in zip(start.w, start.b, problem.activations, strict=True):
        linear = torch.nn.Linear(w.shape[1], w.shape[0], dtype=torch.float64)
        with torch.no_grad():
            linear.weight.copy_(torch.from_numpy(w))
            linear.bias.copy_(torch.from_numpy(b[:, 0]))
        layers += [linear, *([modules[name]()] if name in modules else [])]
    model = torch.nn.Sequential(*layers)
    first = [p.detach().clone() for p in model.parameters()]
    descent = torch.optim.SGD(model.parameters(), lr=problem.learning_rate)
    entropy = torch.nn.CrossEntropyLoss()
    batches = [
        (torch.from_numpy(x.T.copy()), torch.from_numpy(y.T.copy()))
        for x, y in start.batches(problem, n)
    ]

    def run():
        with torch.no_grad():
            for p, old in zip(model.parameters(), first, strict=True):
                p.copy_(old)
        for x, y in batches:
            a = model(x)
            if problem.loss == "cross_entropy":
                J = entropy(a, y)
            else:
                J = ((a - y) ** 2).sum() / (2 * len(x))
            descent.zero_grad()
            J.backward()
            descent.step()
        found = [p.detach().numpy().copy() for p in model.parameters()]
        return found[::2], [b[:, None] for b in found[1::2]]

    return run


def _plain_loop(
    problem: Problem, start: Start, n: int, digits: str
) -> Callable[[], tuple[list, list]]:
    """Tensors, a loss, its gradient and w -= η ∂J/∂w, without a module or an optimiser."""
    import torch

    torch.set_num_threads(1)
    kind = getattr(torch, digits)
    sigmas = {"sigmoid": torch.sigmoid, "tanh": torch.tanh, "relu": torch.relu}
    # A column of b is added as a row: samples are rows here.
    first = [
        (torch.tensor(w.T.copy(), dtype=kind), torch.tensor(b[:, 0].copy(), dtype=kind))
        for w, b in zip(start.w, start.b, strict=True)
    ]
    batches = [
        (torch.tensor(x.T.copy(), dtype=kind), torch.tensor(y.T.copy(), dtype=kind))
        for x, y in start.batches(problem, n)
    ]

    def run():
        pairs = [[t.clone().requires_grad_() for t in pair] for pair in first]
        parameters = [t for pair in pairs for t in pair]
        for x, y in batches:
            a = x
            for (w, b), name in zip(pairs, problem.activations, strict=True):
                z = torch.addmm(b, a, w)
                a = sigmas[name](z) if name in sigmas else z
            if problem.loss == "cross_entropy":
                J = torch.nn.functional.cross_entropy(a, y)
            else:
                J = ((a - y) ** 2).sum() / (2 * len(x))
            slopes = torch.autograd.grad(J, parameters)
            with torch.no_grad():
                for p, slope in zip(parameters, slopes, strict=True):
                    p.sub_(slope, alpha=problem.learning_rate)
        found = [(w.detach().numpy().T, b.detach().numpy()[:, None]) for w, b in pairs]
        return [w for w, _ in found], [b for _, b in found]

    return run


def eager_64(problem: Problem, start: Start, n: int) -> Callable[[], tuple[list, list]]:
    return _plain_loop(problem, start, n, "float64")


def eager_32(problem: Problem, start: Start, n: int) -> Callable[[], tuple[list, list]]:
    return _plain_loop(problem, start, n, "float32")

"""Small weight files as PyTorch, Keras, scikit-learn, Flax and Haiku write them, with outputs.

Run where those are installed: python tests/frameworks/make_weight_files.py. Each file lies in
tests/components/weights/made, and outputs.json there has, by the file, an input and what the
framework itself makes of it.
"""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import onnx
import torch
from safetensors.torch import save_file
from torch import nn

sys.path.insert(0, str(Path(__file__).parents[2]))
from components.weights.foreign_files import FILE, ForeignFileError, refuse_foreign_file

OUT = Path(__file__).parents[1] / "components" / "weights" / "made"
X = np.array([0.5, -1.0, 0.25], np.float32)
OUTPUTS: dict[str, dict[str, object]] = {}


def note(name: str, activations: tuple[str, str], y: object, x: object = X, **more: object) -> None:
    listed = [float(v) for v in np.asarray(y, float).reshape(-1)]
    inputs = [float(v) for v in np.asarray(x, float).reshape(-1)]
    OUTPUTS[name] = {"activations": activations, "x": inputs, "y": listed, **more}


class OfOne(nn.Module):
    """A network for one sample, which BatchNorm takes as a row."""

    def __init__(self, net: nn.Module) -> None:
        super().__init__()
        self.net = net

    def forward(self, x):
        return self.net(x[None])[0]


class Named(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.fc1, self.bn1 = nn.Linear(3, 4), nn.BatchNorm1d(4, affine=False)
        self.drop, self.fc2 = nn.Dropout(0.2), nn.Linear(4, 2, bias=False)

    def forward(self, x):
        return self.fc2(self.drop(torch.tanh(self.bn1(self.fc1(x)))))


class Autoencoder(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.encoder, self.decoder = nn.Linear(4, 2), nn.Linear(2, 4)

    def forward(self, x):
        return torch.sigmoid(self.decoder(torch.tanh(self.encoder(x))))


def keep(name, net, activations, state=None, x=X, **more) -> None:
    net.eval()
    with torch.no_grad():
        y = net(torch.tensor(x))
    state = {k: v.contiguous() for k, v in (state or net.state_dict()).items()}
    if name.endswith(".npz"):
        np.savez(OUT / name, **{k: v.numpy() for k, v in state.items()})
    else:
        save_file(state, OUT / name)
    note(name, activations, y.numpy(), x, **more)


def trained(net: nn.Module) -> nn.Module:
    """The network with other than its first running means and variances."""
    net.train()
    for _ in range(3):
        net(torch.randn(16, 3) * 2 + 1)
    return net


def convert(source: str) -> None:
    """What the lines that are told for a file of another kind make of it."""
    lines: tuple[str, ...] = ()
    try:
        refuse_foreign_file((OUT / source).read_bytes())
    except ForeignFileError as error:
        lines = error.lines
    text = "\n".join(lines).replace(FILE, repr(source))
    subprocess.run([sys.executable, "-c", text], cwd=OUT, check=True)
    (OUT / "weights.npz").rename(OUT / f"from_{source}.npz")


def forget_where(path: Path) -> None:
    """Take the exporter's notes out of an ONNX file: they name the exporter's own files."""
    model = onnx.load(path)
    for noted in (model, model.graph, *model.graph.node, *model.graph.input, *model.graph.output):
        noted.ClearField("metadata_props")
    onnx.save(model, path)


def pytorch() -> None:
    torch.manual_seed(1)
    net = nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 2), nn.Sigmoid())
    keep("torch_sequential.safetensors", net, ("tanh", "sigmoid"))
    state = {f"module._orig_mod.net.{k}": v for k, v in net.state_dict().items()}
    keep("torch_prefixed.safetensors", net, ("tanh", "sigmoid"), state)
    torch.save(net.state_dict(), OUT / "state_dict.pt")
    torch.save({"epoch": 3, "model_state_dict": net.state_dict()}, OUT / "checkpoint.pth")
    torch.save(net.state_dict(), OUT / "legacy.pt", _use_new_zipfile_serialization=False)
    torch.save(net, OUT / "module.pt")
    torch.jit.script(net).save(OUT / "script.pt")
    torch.onnx.export(net, (torch.tensor(X[None]),), OUT / "net.onnx", external_data=False)
    forget_where(OUT / "net.onnx")
    for source in ("state_dict.pt", "checkpoint.pth", "legacy.pt", "module.pt", "script.pt",
                   "net.onnx"):  # fmt: skip
        convert(source)
        OUTPUTS[f"from_{source}.npz"] = OUTPUTS["torch_sequential.safetensors"]
    half = nn.Sequential(nn.Linear(3, 4), nn.Dropout(0.5), nn.Tanh(), nn.Linear(4, 2))
    state = {k: v.half() for k, v in half.state_dict().items()}
    keep("torch_float16.safetensors", half, ("tanh", "linear"), state, near=1e-3)
    wide = nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 2))
    rounded = {k: v.bfloat16() for k, v in wide.state_dict().items()}
    wide.load_state_dict({k: v.float() for k, v in rounded.items()})
    keep("torch_bfloat16.safetensors", wide, ("tanh", "linear"), rounded)


def pytorch_modules() -> None:
    torch.manual_seed(6)
    after = [nn.Linear(3, 4), nn.BatchNorm1d(4), nn.ReLU(), nn.Linear(4, 2)]
    before = [nn.BatchNorm1d(3), nn.Linear(3, 4), nn.ReLU(), nn.BatchNorm1d(4), nn.Linear(4, 2)]
    for name, listed in (("", after), ("_before", before)):
        net = trained(nn.Sequential(*listed))
        file = f"torch_batchnorm{name}.safetensors"
        keep(file, OfOne(net), ("relu", "linear"), net.state_dict())
    named = trained(Named())
    keep("torch_named_batchnorm.npz", OfOne(named), ("tanh", "linear"), named.state_dict())
    x = np.array([1, 0.5, -0.5, 0.25], np.float32)
    auto = Autoencoder()
    keep("torch_encoder_decoder.npz", auto, ("tanh", "sigmoid"), x=x)
    order = ["encoder.weight", "decoder.weight"]
    keep("torch_encoder_decoder.safetensors", auto, ("tanh", "sigmoid"), x=x, order=order)


def keras() -> None:
    import keras
    from keras import layers

    keras.utils.set_random_seed(2)
    net = keras.Sequential(
        [layers.Input((3,)), layers.Dense(3, "tanh", bias_initializer="normal"),
         layers.Dropout(0.3), layers.Dense(2, "softmax", bias_initializer="normal")]
    )  # fmt: skip
    y = net(X[None]).numpy()
    np.savez(OUT / "keras_get_weights.npz", *net.get_weights())
    note("keras_get_weights.npz", ("tanh", "softmax"), y)
    np.savez(OUT / "keras_paths.npz", **{w.path: w.numpy() for w in net.weights})
    note("keras_paths.npz", ("tanh", "softmax"), y)
    kernels = {w.path + ":0": w.numpy() for w in net.weights}
    np.savez(OUT / "keras_2.npz", **kernels)
    note("keras_2.npz", ("tanh", "softmax"), y)
    net.save(OUT / "model.keras")
    net.save(OUT / "model.h5")
    net.save_weights(OUT / "model.weights.h5")
    for source in ("model.keras", "model.h5", "model.weights.h5"):
        convert(source)
        note(f"from_{source}.npz", ("tanh", "softmax"), y)


def scikit_learn() -> None:
    import joblib
    from sklearn.neural_network import MLPClassifier, MLPRegressor

    rng = np.random.default_rng(3)
    data = rng.normal(size=(40, 3))
    labels = (data[:, 0] > 0).astype(int)
    net = MLPClassifier(
        hidden_layer_sizes=(4,), activation="logistic", max_iter=20, random_state=0
    ).fit(data, labels)
    y = net.predict_proba(X[None])[:, 1]
    np.savez(OUT / "sklearn_positional.npz", *net.coefs_, *net.intercepts_)
    note("sklearn_positional.npz", ("sigmoid", "sigmoid"), y)
    named = {f"coefs_{i}": w for i, w in enumerate(net.coefs_)}
    named |= {f"intercepts_{i}": b for i, b in enumerate(net.intercepts_)}
    np.savez(OUT / "sklearn_named.npz", **named)
    note("sklearn_named.npz", ("sigmoid", "sigmoid"), y)
    square = MLPRegressor(
        hidden_layer_sizes=(3, 3), activation="tanh", max_iter=20, random_state=0
    ).fit(data, data[:, :2])
    named = {f"coefs_{i}": w for i, w in enumerate(square.coefs_)}
    named |= {f"intercepts_{i}": b for i, b in enumerate(square.intercepts_)}
    np.savez(OUT / "sklearn_square.npz", **named)
    note("sklearn_square.npz", ("tanh", "linear"), square.predict(X[None]))
    joblib.dump(net, OUT / "net.joblib")
    joblib.dump(net, OUT / "compressed.joblib", compress=3)
    for source in ("net.joblib", "compressed.joblib"):
        convert(source)
        note(f"from_{source}.npz", ("sigmoid", "sigmoid"), y)


def jax() -> None:
    import haiku as hk
    import jax
    import jax.numpy as jnp
    from flax import linen as nn
    from flax.traverse_util import flatten_dict

    class Net(nn.Module):
        @nn.compact
        def __call__(self, x):
            return nn.Dense(2)(nn.relu(nn.Dense(3)(x)))

    net = Net()
    params = net.init(jax.random.PRNGKey(4), jnp.asarray(X))
    flat = flatten_dict(params, sep="/")
    np.savez(OUT / "flax.npz", **{k: np.asarray(v) for k, v in flat.items()})
    note("flax.npz", ("relu", "linear"), net.apply(params, jnp.asarray(X)))

    def run(x):
        return hk.nets.MLP([3, 2], activation=jnp.tanh)(x)

    transformed = hk.without_apply_rng(hk.transform(run))
    params = transformed.init(jax.random.PRNGKey(5), jnp.asarray(X))
    flat = {f"{m}/{k}": np.asarray(v) for m, layer in params.items() for k, v in layer.items()}
    np.savez(OUT / "haiku.npz", **flat)
    note("haiku.npz", ("tanh", "linear"), transformed.apply(params, jnp.asarray(X)))


if __name__ == "__main__":
    OUT.mkdir(exist_ok=True)
    for make in (pytorch, pytorch_modules, keras, scikit_learn, jax):
        make()
    (OUT / "outputs.json").write_text(json.dumps(OUTPUTS, indent=1) + "\n")

"""The data sets: their shapes and determinism, the division, and how the network follows them."""

import subprocess
import sys

import numpy as np
import pytest

import engine
from components import ids
from components.config.fields import DATASETS, FieldError
from components.config.texts import make_network, read_config, write_config
from components.data.samples import relevant_fields
from components.data.sources import SOURCES
from components.training.data import load_data
from tests.english import english

MADE = ["circles", "moons", "blobs", "spirals", "sine", "plane"]
SIZES = {
    **dict.fromkeys(("circles", "moons", "spirals", "plane"), (2, 200, 1)),
    "blobs": (2, 200, 3),
    "sine": (1, 200, 1),
    "iris": (4, 150, 3),
    "wine": (13, 178, 3),
    "digits": (64, 1797, 10),
    **dict.fromkeys(("xor", "and", "or"), (2, 4, 1)),
}


def asked(dataset, changed=ids.DATASET, **fields):
    texts = {name.replace("_", "-"): text for name, text in fields.items()}
    return read_config({ids.DATASET: dataset, **texts}, changed)


def data_of(dataset, **fields):
    return load_data(asked(dataset, **fields)[0])


def test_every_choice_has_a_source():
    assert set(DATASETS) - {"by_hand", "own"} == set(SOURCES) == set(SIZES)


@pytest.mark.parametrize("name", SIZES)
def test_a_data_set_has_its_shape_and_the_network_follows(name):
    config, said = asked(name)
    data = load_data(config)
    n, m, outputs = SIZES[name]
    assert (config.sizes[0], config.sizes[-1]) == (n, outputs)
    assert any("follow the data" in sentence for sentence in english(said))
    assert (data.x.shape, data.y.shape, data.m) == ((n, m), (outputs, m), m)
    assert len(data.features) == n and np.isfinite(data.x).all()
    assert sorted([*data.train, *data.test]) == list(range(m))
    if data.kind == "classes":
        assert len(data.classes) == data.labels.max() + 1
        on = data.y.argmax(axis=0) if outputs > 1 else data.y[0]
        assert np.array_equal(on, data.labels)
        assert outputs == 1 or (data.y.sum(axis=0) == 1).all()
    x, y = config.columns()
    assert np.array_equal(x[:, 0], data.x_train[:, 0]) and np.array_equal(
        y[:, 0], data.y_train[:, 0]
    )
    assert read_config(write_config(config), ids.DATASET) == (config, [])
    engine.backward(make_network(config), engine.forward(make_network(config), x), y)


@pytest.mark.parametrize("name", MADE)
def test_made_data_come_from_their_seed_alone(name):
    one, other = data_of(name, data_seed="3"), data_of(name, data_seed="4")
    again = data_of(name, data_seed="3", learning_rate="0.1")
    assert np.array_equal(one.x, again.x) and np.array_equal(one.y, again.y)
    assert not np.array_equal(one.x, other.x)


@pytest.mark.parametrize("name", MADE)
def test_noise_scales_and_does_not_jump(name):
    plain = {"standardise": "no", "train_share": "100"}
    none, some, more = (data_of(name, noise=n, **plain) for n in ("0", "0.1", "0.2"))
    attribute = "x" if none.kind == "classes" else "y"
    still, first, second = (getattr(d, attribute) for d in (none, some, more))
    assert np.allclose(second - still, 2 * (first - still), atol=1e-12)
    assert 0.07 < (first - still).std() < 0.13


def test_the_formulas_of_made_data_hold_without_noise():
    plain = {"standardise": "no", "noise": "0"}
    sine, plane = data_of("sine", **plain), data_of("plane", **plain)
    assert np.array_equal(sine.y, np.sin(sine.x))
    assert np.allclose(plane.y, (plane.x[0] + plane.x[1]) / 2)
    circles, spirals = data_of("circles", **plain), data_of("spirals", **plain)
    assert np.allclose(np.hypot(*circles.x), np.where(circles.labels == 0, 1, 0.5))
    radius = np.hypot(*spirals.x)
    turned = np.arctan2(spirals.x[1], spirals.x[0]) - 2.5 * np.pi * radius - np.pi * spirals.labels
    assert np.allclose(np.cos(turned), 1)


@pytest.mark.parametrize(("share", "count"), [("80", 160), ("10", 20), ("99", 198), ("100", 200)])
def test_the_train_share_divides_once_and_for_all(share, count):
    data = data_of("moons", train_share=share)
    assert data.x_train.shape == (2, count) and data.x_test.shape == (2, 200 - count)
    assert list(data.train) == sorted(data.train)


def test_another_share_only_moves_samples_one_way():
    less, more = (set(data_of("moons", train_share=s).train) for s in ("50", "60"))
    assert less < more


@pytest.mark.parametrize("name", ["wine", "digits", "plane"])
def test_standardised_means_by_the_train_part(name):
    data, raw = data_of(name, standardise="both"), data_of(name, standardise="no")
    assert np.allclose(data.x_train.mean(axis=1), 0, atol=1e-12)
    varies = raw.x_train.std(axis=1) > 0
    assert np.allclose(data.x_train.std(axis=1)[varies], 1)
    assert np.allclose(data.shift + data.scale * data.x, raw.x)
    if data.kind == "regression":
        assert np.allclose([data.y_train.mean(), data.y_train.std()], [0, 1], atol=1e-12)
        inputs_only = data_of(name, standardise="inputs")
        assert np.array_equal(inputs_only.y, raw.y)


@pytest.mark.parametrize("name", ["xor", "and", "or"])
def test_gates_all_train_as_they_are(name):
    data = data_of(name, train_share="10", noise="1", standardise="both")
    assert set(np.unique(data.x)) == {0, 1} and len(data.train) == 4 and not len(data.test)


def test_samples_by_hand_all_train():
    data = load_data(read_config({ids.SAMPLE_X: "1, 2, 3; 4, 5, 6", ids.SAMPLE_Y: "0, 1; 1, 0"})[0])
    assert np.array_equal(data.x_train, [[1, 4], [2, 5], [3, 6]])
    assert np.array_equal(data.y_train, [[0, 1], [1, 0]]) and data.x_test.shape == (3, 0)


def test_two_classes_take_the_outputs_that_are_there():
    softmax = {"output_activation": "softmax", "loss": "cross_entropy"}
    assert asked("moons", **softmax)[0].sizes == (2, 3, 2)
    assert asked("moons", layer_sizes="2-4-2")[0].sizes == (2, 4, 2)
    assert asked("moons", layer_sizes="4-4-3")[0].sizes == (2, 4, 1)
    data = data_of("moons", layer_sizes="2-4-2")
    assert np.array_equal(data.y, [data.labels == 0, data.labels == 1])


@pytest.mark.parametrize("classes", ["2", "3", "4"])
def test_blobs_have_the_classes_asked_for(classes):
    data = data_of("blobs", classes=classes)
    assert set(data.labels) == set(range(int(classes)))


def test_numbers_make_the_outputs_linear_when_the_data_were_changed():
    config, said = asked("sine")
    assert config.output_activation == "linear" and any("linear" in s for s in english(said))
    kept, said = asked("sine", None, layer_sizes="1-3-1")
    assert (kept.output_activation, said) == ("sigmoid", [])
    for loss in ("cross_entropy", "binary_cross_entropy"):
        output = "softmax" if loss == "cross_entropy" else "sigmoid"
        config, _ = asked("plane", None, loss=loss, output_activation=output)
        assert (config.output_activation, config.loss) == ("linear", "half_squared_error")
        with pytest.raises(FieldError, match="are numbers") as caught:
            asked("plane", ids.LOSS, loss=loss, output_activation=output)
        assert caught.value.field == ids.LOSS


def test_a_sample_beyond_the_data_is_refused_where_typed_and_mended_elsewhere():
    with pytest.raises(FieldError, match="1 to 160"):
        asked("moons", ids.SAMPLE, sample="161")
    with pytest.raises(FieldError, match=r"1 to 160, the train samples of these data\."):
        asked("moons", ids.SAMPLE, sample="all")
    assert asked("moons", ids.SAMPLE, sample="160")[0].sample == 160
    config, said = asked("moons", ids.POINTS, sample="160", points="50", layer_sizes="2-3-1")
    assert config.sample == 1 and "no sample 160" in english(said[0])
    config, _ = asked("moons", ids.SAMPLE, sample="all", points="100")
    assert len(config.x) == 80


def test_texts_of_x_and_y_do_not_count_where_data_are_picked():
    long = ", ".join(["0.1"] * 40_000)
    config, _ = asked("moons", ids.POINTS, sample_x=long, sample_y="none")
    assert config == asked("moons", ids.POINTS)[0]


def test_a_network_too_large_for_the_data_is_refused_by_name():
    with pytest.raises(FieldError, match="weights") as caught:
        asked("digits", layer_sizes="2-128-128-128-128-2")
    assert caught.value.field == ids.DATASET


def test_no_own_data_is_mended_without_a_change_and_refused_with_one():
    assert asked("own", None)[0].dataset == "by_hand"
    with pytest.raises(FieldError, match="no own data"):
        asked("own")


@pytest.mark.parametrize("name", DATASETS)
def test_what_is_hidden_makes_no_difference(name):
    if name in ("own", "by_hand"):
        return
    other = {ids.POINTS: "60", ids.CLASSES: "4", ids.NOISE: "0.7", ids.TRAIN_SHARE: "30"}
    base = data_of(name)
    for field, text in other.items():
        data = data_of(name, **{field.replace("-", "_"): text})
        same = data.x.shape == base.x.shape and np.array_equal(data.x_train, base.x_train)
        same = same and np.array_equal(data.y, base.y)
        assert same == (field not in relevant_fields(name)), field


def test_the_data_cannot_be_written_to():
    data = data_of("moons")
    with pytest.raises(ValueError, match="read-only"):
        data.x[0, 0] = 1


def test_the_page_opens_without_scikit_learn():
    code = (
        "import sys, app; c = app.server.test_client(); assert c.get('/').status_code == 200;"
        "assert c.post('/pass', json={}).status_code == 200; assert 'sklearn' not in sys.modules;"
        "c.post('/pass', json={'fields': {'dataset': 'moons'}}); assert 'sklearn' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_same_data_are_divided_and_checked_once():
    config, _ = asked("moons", points="40")
    data = load_data(config)
    assert load_data(asked("moons", points="40")[0]) is data
    assert data.train_part.x.rows_and_ones is data.train_part.x.rows_and_ones
    assert data_of("moons", points="41") is not data
    parts = data.train_part, data.test_part
    made = [part.x.array for part in parts] + [part.x.rows_and_ones for part in parts]
    made += [part.y.array for part in parts] + [part.y.rows for part in parts]
    assert sum(array.nbytes for array in made) <= data.bytes

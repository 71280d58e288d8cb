"""A run in the real page: watched, paused, walked by hand, rewound, continued on another branch."""

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By

from tests.browser.conftest import Page
from tests.browser.test_controls import type_into
from tests.browser.training import settle, train


def batch(page: Page) -> int:
    return page.js("return deltaflow.state.run.batch")


def weights(page: Page) -> dict:
    return page.js("return deltaflow.stage().weights")


def kept(page: Page) -> list[int]:
    """The batches that can be come back to."""
    return page.promise(
        "const { kept } = await import('/assets/core/history.js');"
        "return kept(deltaflow.state.history).map(({ batch }) => batch)"
    )


def trained_from_the_start(page: Page, batches: int) -> dict:
    """The weights after so many batches, asked of the server anew."""
    return page.promise(
        "const { fields, start } = deltaflow.state;"
        "const { post } = await import('/assets/server/exchange.js');"
        "let now = { batch: 0, state: null, weights: start };"
        "while (now.batch < arguments[0]) {"
        "  const { batch, state, weights } = now;"
        "  const batches = Math.min(100, arguments[0] - batch);"
        "  const turn = { fields, weights, batch, state, batches, views: [], waited: 0 };"
        "  const answer = await post('train', turn);"
        "  if (!answer.busy) now = answer;"
        "}"
        "return now.weights",
        batches,
    )


def visit(page: Page, place: int) -> None:
    at = kept(page)[place]
    page.js(
        "const line = document.getElementById('epoch-timeline'); line.value = arguments[0];"
        "line.dispatchEvent(new Event('input', { bubbles: true }))",
        place,
    )
    page.wait("deltaflow.state.history.at === arguments[0]", at)
    settle(page)


def test_a_run_makes_the_loss_fall_and_can_be_paused_and_walked(moons):
    moons.click("train-batch")
    settle(moons)
    assert batch(moons) == 1
    first = float(moons.text("train-loss"))
    train(moons, 100)
    assert float(moons.text("train-loss")) < first
    assert moons.text("train") == "▶ Train"
    at = batch(moons)
    assert moons.text("epoch") == f"{at / 4:.2f}".rstrip("0").rstrip(".")
    moons.wait_at(at, 0)
    moons.click("step-forward")
    moons.wait_at(at, 1)
    assert batch(moons) == at


def test_stepping_in_mid_run_takes_over_at_once(moons):
    moons.click("train")
    moons.wait("deltaflow.state.run.batch > 10")
    moons.click("step-forward")
    moons.wait("deltaflow.state.cursor === 1")
    settle(moons)
    at = batch(moons)
    assert moons.at() == (at, 1)
    # The numbers are those of the weights that the run came to, not of those before it.
    shown = moons.js("return deltaflow.state.pass.kept.get('w2')[0].data")
    assert shown == trained_from_the_start(moons, at)["w"]["2"]


def test_an_epoch_and_the_whole_span_end_where_they_should(moons):
    moons.click("train-epoch")
    settle(moons)
    assert (batch(moons), moons.text("epoch")) == (4, "1")
    moons.js("document.querySelector('[data-section=train]').open = true")
    type_into(moons, "epochs", "30")
    moons.wait("deltaflow.state.fields.epochs === '30'")
    moons.click("train")
    moons.wait("deltaflow.state.run.batch === 120")
    settle(moons)
    assert moons.text("epoch") == "30"


def test_the_learning_rate_changes_in_mid_run_without_ending_it(moons):
    moons.click("train")
    moons.wait("deltaflow.state.run.batch > 10")
    type_into(moons, "learning-rate", "0.02")
    moons.wait("deltaflow.state.fields['learning-rate'] === '0.02'")
    at = batch(moons)
    moons.wait(f"deltaflow.state.run.batch > {at}")
    assert moons.js("return deltaflow.state.training")
    moons.click("train")
    settle(moons)


def test_a_run_is_rewound_and_goes_on_as_it_went_before(moons):
    train(moons, 60)
    end, last = batch(moons), weights(moons)
    count = len(kept(moons))
    visit(moons, 0)
    assert (batch(moons), moons.text("epoch")) == (0, "0")
    start = weights(moons)
    assert start != last
    assert weights(moons) == moons.js("return deltaflow.state.start")
    # By hand from there, and on along another branch; the old one stays in the plot.
    moons.click("step-forward")
    moons.wait("deltaflow.state.cursor === 1")
    train(moons, end)
    assert moons.js("return deltaflow.state.history.branches.length") == 2
    moons.wait("document.querySelectorAll('#loss-plot .scatterlayer .trace').length >= 3")
    assert count > 1
    # The same data in the same order: the same weights at the same batch.
    old = moons.js("return deltaflow.state.history.branches[0].kept.find(({ batch }) => batch > 0)")
    assert trained_from_the_start(moons, old["batch"]) == old["weights"]


def test_a_click_on_the_loss_curve_visits_that_epoch(moons):
    train(moons, 200)
    end = batch(moons)
    moons.wait("document.querySelector('#loss-figure .js-plotly-plot')?.dataset.heard")
    moons.wait("document.querySelector('#loss-plot .scatterlayer .trace')")
    plot = moons.driver.find_element(By.ID, "loss-plot")
    middle = ActionChains(moons.driver).move_to_element(plot)
    middle.pause(0.3).click().perform()
    moons.wait(f"deltaflow.state.run.batch < {end}")
    settle(moons)
    assert 0 < batch(moons) < end
    assert moons.text("epoch") == f"{batch(moons) / 4:.2f}".rstrip("0").rstrip(".")


def test_undo_takes_a_whole_run_back(moons):
    before = weights(moons)
    train(moons, 20)
    after = weights(moons)
    moons.click("undo")
    moons.wait("deltaflow.state.run.batch === 0")
    assert weights(moons) == before
    moons.click("redo")
    moons.wait("deltaflow.state.run.batch > 0")
    assert weights(moons) == after


def test_reset_goes_back_to_the_start_and_keeps_the_curve_as_a_branch(moons):
    before = weights(moons)
    train(moons, 20)
    moons.click("reset")
    moons.wait("deltaflow.state.run.batch === 0")
    settle(moons)
    assert weights(moons) == before
    train(moons, 8)
    assert moons.js("return deltaflow.state.history.branches.length") == 2


def test_a_run_that_blows_up_is_told_and_leaves_finite_weights(page):
    page.open(
        "?dataset=plane&layer-sizes=2-8-8-1&hidden-activation=linear&output-activation=linear"
        "&learning-rate=10"
    )
    page.click("train")
    page.wait("document.getElementById('message').textContent.includes('no longer be finite')")
    settle(page)
    assert "in epoch" in page.text("message")
    assert page.js(
        "return [...deltaflow.state.pass.kept.get('w2')[0].array].every(Number.isFinite)"
    )


def test_by_hand_and_keys_train_as_well(page):
    page.keys("e")
    settle(page)
    assert batch(page) == 1
    page.keys("t")
    page.wait("deltaflow.state.run.batch > 5")
    page.keys("t")
    settle(page)
    assert float(page.text("train-loss")) < 0.2484

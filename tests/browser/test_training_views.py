"""What is seen while a network is trained."""

from selenium.webdriver.common.by import By

from tests.browser.test_controls import choose, type_into
from tests.browser.training import settle, train


def test_a_run_shows_its_pictures_and_each_tab_its_own(moons):
    train(moons, 40)
    moons.wait("deltaflow.views().boundary")
    painted = (
        "return (c => c.width > 50 && c.getContext('2d').getImageData(0, 0, c.width, c.height)"
        ".data.some(v => v))(document.getElementById('boundary-canvas'))"
    )
    assert moons.js(painted)
    moons.wait("document.querySelectorAll('#layers-plot .scatterlayer .trace').length === 2")
    # The same as a table, to be heard and copied.
    moons.click("curves")
    heads, rows, last = moons.js(
        "const table = document.getElementById('curves-table');"
        "return [[...table.tHead.rows[0].cells].map((cell) => cell.ariaLabel || cell.textContent),"
        " table.tBodies[0].rows.length, table.tBodies[0].lastChild.cells[1].title]"
    )
    assert heads[:3] == ["epoch", "J train", "J test"]
    assert heads[5] == "norm of delta, layer 2" and len(heads) == 9
    points = moons.js(
        "const { branches, current } = deltaflow.state.history; return branches[current].points"
    )
    assert rows == len(points) and float(last) == points[-1]["train_loss"]
    moons.js("document.getElementById('curves-dialog').close()")
    moons.click("plot-histograms")
    moons.wait("document.querySelectorAll('#histograms figure').length === 4")
    moons.click("plot-confusion")
    moons.wait("document.querySelectorAll('#confusion td[title]').length === 4")
    counts = [
        int(td.text) for td in moons.driver.find_elements(By.CSS_SELECTOR, "#confusion td[title]")
    ]
    assert sum(counts) == 8  # a fifth of 40 points tests


def test_neurons_show_what_they_see_until_the_walk_shows_numbers(moons):
    moons.wait("document.getElementById('network').classList.contains('mapped')")
    assert moons.js("return !document.getElementById('maps-canvas').hidden")
    moons.click("step-forward")
    moons.wait("document.getElementById('maps-canvas').hidden")
    moons.click("back")
    moons.wait("!document.getElementById('maps-canvas').hidden")
    moons.click("maps")
    moons.wait("document.getElementById('maps-canvas').hidden")


def test_what_neurons_see_stays_when_the_drawing_is_built_anew(moons):
    painted = """(() => {
      const c = document.getElementById('maps-canvas');
      const { width, height } = c.getBoundingClientRect();
      return !c.hidden && Math.abs(c.width - width) < 2 && Math.abs(c.height - height) < 2 &&
        c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some((v) => v);
    })()"""
    moons.wait(painted)
    moons.js("document.getElementById('maps-canvas').dataset.old = 'yes'")
    moons.resize(1100, 800)
    moons.wait("!document.getElementById('maps-canvas').dataset.old")
    moons.wait(painted)


def test_a_click_on_a_point_puts_that_sample_on_the_stage(moons):
    moons.click("plot-data")
    moons.wait("deltaflow.views().boundary")
    place = moons.js(
        "const [x, y, sample] = deltaflow.places().find(([, , s]) => s > 1);"
        "const c = document.getElementById('boundary-canvas'), b = c.getBoundingClientRect();"
        "c.dispatchEvent(new MouseEvent('click', { clientX: b.left + x, clientY: b.top + y,"
        " bubbles: true })); return sample"
    )
    moons.wait("deltaflow.state.fields.sample === arguments[0]", str(place))


def test_a_network_that_grows_with_its_maps_on_can_be_trained(moons):
    train(moons, 4)
    type_into(moons, "layer-sizes", "2-7-3-1")
    moons.wait("deltaflow.state.pass.sizes.length === 4")
    settle(moons)
    choose(moons, "dataset", "blobs")
    moons.wait("deltaflow.state.pass.sizes[3] === 3")
    settle(moons)
    train(moons, 4)


def test_nothing_of_the_panel_of_training_leaves_it(page):
    for data in ("iris", "moons", "sine", "blobs"):
        page.promise("await deltaflow.press('edit', 'dataset', given[0])", data)
        assert page.js("return deltaflow.state.fields.dataset") == data
        page.wait("deltaflow.samples()")
        hold_panel(page)


def hold_panel(page):
    page.click("train-batch")
    settle(page)
    # First all of a run at once, then the panel beside the formulas.
    for tab in ("plot-confusion", "plot-loss", "step-forward", "plot-data"):
        page.click(tab)
        outside = page.js(
            "const panel = document.getElementById('plots').getBoundingClientRect();"
            "return [...document.querySelectorAll('#plots button, #plots select, #plots output')]"
            ".filter((e) => e.offsetParent).filter((e) => {"
            " const box = e.getBoundingClientRect();"
            " return box.left < panel.left || box.right > panel.right - 4 })"
            ".map((e) => e.id)"
        )
        assert outside == []
    assert page.js("return document.documentElement.scrollHeight <= innerHeight")


def test_the_picture_of_the_data_is_never_stretched(moons):
    moons.click("plot-data")
    moons.js("document.getElementById('plot-words').textContent = 'words '.repeat(40)")
    moons.wait(
        "(c => c.height === Math.round(c.getBoundingClientRect().height * devicePixelRatio))"
        "(document.getElementById('boundary-canvas'))"
    )


def test_a_message_longer_than_the_window_can_be_read_to_its_end(page):
    page.promise(
        "const { say } = await import('/assets/kit/message.js');"
        "say('One more field cannot be used. '.repeat(60), 'error')"
    )
    top = page.js("return document.getElementById('message').getBoundingClientRect().top")
    assert top >= page.js("return document.querySelector('header').offsetHeight")

"""A lesson is walked by a clicker alone, left for a while and gone on with."""

from selenium.webdriver.common.keys import Keys

from components.lessons.files import LESSONS, built_in

PLACE = "document.getElementById('lesson-place').textContent"
SAYS = "document.getElementById('lesson-content').textContent"
DOWN, UP = Keys.PAGE_DOWN, Keys.PAGE_UP


def begin(page, name):
    page.click("lessons")
    page.wait("document.querySelectorAll('#lesson-content [data-lesson]').length")
    page.js("document.querySelector(`[data-lesson='${arguments[0]}']`).click()", name)
    page.wait(f"{PLACE}.startsWith('1 of')")


def answer_the_second(page):
    page.keys(DOWN)
    page.wait(f"{PLACE}.startsWith('2 of')")
    # The second asks: its answer comes before the step that shows it.
    hidden = "document.querySelector('.lesson-answer').hidden"
    assert page.js(f"return {hidden}")
    page.js("document.querySelectorAll('.lesson-choices button')[0].click()")
    page.wait("document.querySelector('.lesson-verdict').classList.contains('wrong')")
    assert page.js(f"return {hidden}")
    page.keys(DOWN)
    page.wait(f"!{hidden}")
    assert page.at() == (0, 4)
    page.keys(DOWN)
    page.wait_at(0, 5)


def test_a_lesson_is_walked_by_a_clicker_left_and_gone_on_with(page):
    page.open("?seed=11")
    page.click("lessons")
    listed = page.wait("document.querySelectorAll('#lesson-content [data-lesson]').length")
    assert listed == len(LESSONS)
    page.click("lesson-close")
    begin(page, "08-paths")
    stations = built_in("08-paths", "en").stations
    assert stations[0].title in page.js(f"return {SAYS}")
    # A number of the text is that of the stage.
    shown = page.js("return deltaflow.read(deltaflow.state.pass, 4, 'delta', 3, 1)")
    assert page.at() == (0, 4) and shown < 0
    answer_the_second(page)
    # Elsewhere, and back to the lesson.
    page.promise("await deltaflow.press('edit', 'seed', '12')")
    page.wait("!document.getElementById('lesson-return').hidden")
    page.click("lesson-return")
    page.wait("deltaflow.state.fields.seed === '7'")
    page.wait(f"{PLACE}.startsWith('2 of') && document.getElementById('lesson-return').hidden")
    page.keys(DOWN, DOWN)
    page.wait_at(0, 5)
    page.keys(DOWN)
    page.wait(f"{PLACE}.startsWith('3 of')")
    page.wait("document.querySelector('#numbers .lit')")
    page.keys(UP)
    page.wait(f"{PLACE}.startsWith('2 of')")
    # In the other language it is the same station, and what stood on the page before is not lost.
    page.js(
        "const s = document.getElementById('language'); s.value = 'zh';"
        "s.dispatchEvent(new Event('change', { bubbles: true }))"
    )
    page.wait(f"{SAYS}.includes(arguments[0])", built_in("08-paths", "zh").stations[1].title)
    page.click("lesson-close")
    undo = "deltaflow.state.undo.some(({ fields }) => fields.seed === '11')"
    assert page.js(f"return {undo}")


def test_a_station_after_training_and_one_that_asks_for_a_number(page):
    begin(page, "16-momentum")
    page.wait("deltaflow.state.run.batch === 200")
    page.wait("Number(document.getElementById('epoch').textContent) === 200")
    assert page.js("return document.getElementById('plots').dataset.tab") == "data"
    page.click("lesson-all")
    page.wait("document.querySelectorAll('#lesson-content [data-lesson]').length")
    page.js("document.querySelector(\"[data-lesson='05-output-delta']\").click()")
    page.wait(f"{PLACE}.startsWith('1 of') && deltaflow.state.pass.sizes.length === 3")
    field = page.wait("document.querySelector('.lesson-number input')")
    for typed, kind in (("0,14", "wrong"), ("-0,14", "right")):
        field.clear()
        field.send_keys(typed, Keys.ENTER)
        page.wait(f"document.querySelector('.lesson-verdict').classList.contains('{kind}')")
    assert not page.js("return document.querySelector('.lesson-answer').hidden")

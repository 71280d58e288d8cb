"""What is told of questions without an answer: by the dialog that asks, and by the walk.

How long is asked, and with which pauses, is held by tests/assets/server/exchange.test.js.
"""

import pytest

# window.fault makes the answer to a POST; null lets it through. Pauses take a tenth of their time.
FAULTY = """
const later = window.setTimeout;
window.setTimeout = (go, ms, ...given) => later(go, ms / 10, ...given);
window.asked = [];
window.aborted = 0;
window.busy = (after) => new Response(JSON.stringify({ busy: { after } }), { status: 200 });
window.bad = () => new Response("", { status: 502, statusText: "Bad Gateway" });
window.hang = ({ signal }) => new Promise((_, fail) => signal.addEventListener("abort", () => {
  window.aborted++;
  fail(new Error("cut"));
}));
const whole = window.fetch;
window.fetch = (path, question) => {
  if (question?.method !== "POST") return whole(path, question);
  window.asked.push(path);
  return window.fault ? Promise.resolve(window.fault(question, path)) : whole(path, question);
};
"""
TELLS = {
    "check": ("check", "check-verdict", "check"),
    "export": ("export-markdown", "export-told", "export"),
    "weights": ("weights-npz", "export-told", "weights/write"),
    "derivation": ("derivation", "derivation-text", "derivation"),
    "own data": ("own-open", "own-told", "data/read"),
    "compare": ("compare", "compare-told", "train"),
    "example": (None, "message", "example"),
}
TRIES = 4


@pytest.fixture
def faulty(page):
    page.wait("deltaflow.state.ahead")
    page.promise("await deltaflow.state.ahead; return 1")
    page.wait("Boolean(window.MathJax?.tex2svg)")
    page.js(FAULTY)
    return page


def ask(page, dialog):
    """Ask what the dialog asks; the element in which it tells."""
    button, told, _ = TELLS[dialog]
    if dialog in ("export", "weights"):
        page.click("export")
    if dialog == "example":
        page.click("examples-menu")
        page.js("document.querySelector('[data-example]').click()")
    else:
        page.click(button)
    if dialog == "own data":
        page.js(
            "const t = document.getElementById('own-text'); t.value = 'a,b\\n1,x\\n2,y\\n';"
            "t.dispatchEvent(new Event('input', { bubbles: true }))"
        )
    return told


def count(page, dialog):
    return page.js(
        "return window.asked.filter((path) => path === arguments[0]).length", TELLS[dialog][2]
    )


def close(page):
    page.js("document.querySelectorAll('dialog[open]').forEach((dialog) => dialog.close())")


def rest(page):
    """Longer than the longest pause before a question is asked again."""
    page.promise("await new Promise((go) => setTimeout(go, 4000)); return 1")


def test_a_dialog_asks_a_few_times_and_says_that_there_is_no_answer(faulty):
    for steps, (dialog, (_, told, _)) in enumerate(TELLS.items(), 1):
        faulty.js("document.getElementById(arguments[0]).replaceChildren()", told)
        faulty.js("window.asked = []; window.fault = window.bad")
        ask(faulty, dialog)
        says = "document.getElementById(arguments[0]).textContent.includes('does not answer')"
        faulty.wait(says, told)
        assert count(faulty, dialog) == TRIES, dialog
        rest(faulty)
        assert count(faulty, dialog) == TRIES, dialog
        faulty.js("window.fault = null")
        close(faulty)
        faulty.click("next")
        faulty.wait_at(*divmod(steps, 7))


def test_a_dialog_says_that_the_server_is_busy_and_has_its_answer_in_the_end(faulty):
    for dialog in ("own data", "check"):
        faulty.js("window.asked = []; window.fault = () => window.busy(20)")
        told = ask(faulty, dialog)
        faulty.wait("document.getElementById(arguments[0]).textContent.includes('is busy')", told)
        often = count(faulty, dialog)
        assert 4 <= often <= 20
        rest(faulty)
        assert count(faulty, dialog) == often
        close(faulty)
    faulty.js(
        "window.asked = []; let left = 3;"
        "window.fault = () => { if (--left === 0) window.fault = null; return window.busy(30); }"
    )
    ask(faulty, "check")
    faulty.wait("document.getElementById('check-verdict').textContent.startsWith('✓')")
    assert count(faulty, "check") == 4


def test_a_dialog_tells_what_is_refused_and_does_not_ask_again(faulty):
    faulty.js(
        "window.fault = () => new Response(JSON.stringify("
        "{ refused: { field: null, text: 'This took too long.' } }), { status: 200 })"
    )
    ask(faulty, "check")
    faulty.wait("document.getElementById('check-verdict').textContent === 'This took too long.'")
    rest(faulty)
    assert count(faulty, "check") == 1


def test_closing_a_dialog_drops_its_question(faulty):
    faulty.js("window.fault = window.hang")
    for closed, dialog in enumerate(("check", "weights", "own data", "compare"), 1):
        ask(faulty, dialog)
        faulty.wait("window.asked.includes(arguments[0])", TELLS[dialog][2])
        close(faulty)
        faulty.wait("window.aborted === arguments[0]", closed)
        rest(faulty)
        assert count(faulty, dialog) == 1, dialog


def test_the_walk_says_that_it_waits_and_can_be_given_up(faulty):
    faulty.js("window.fault = window.bad; deltaflow.press('edit', 'seed', '8')")
    faulty.wait("document.querySelector('#message button')")
    assert "Waiting for the server" in faulty.text("message")
    faulty.js("document.querySelector('#message button').click()")
    faulty.wait("document.getElementById('message').textContent.includes('given up')")
    asked = faulty.js("return window.asked")
    rest(faulty)
    assert faulty.js("return window.asked") == asked
    assert faulty.js("return deltaflow.state.fields.seed") == "7"
    faulty.js("window.fault = null; deltaflow.press('edit', 'seed', '8')")
    faulty.wait("deltaflow.state.fields.seed === '8'")


def test_a_step_that_could_not_be_fetched_ahead_is_fetched_when_it_is_wanted(faulty):
    faulty.promise(
        "window.fault = window.bad; await deltaflow.press('timeline', 6);"
        "await deltaflow.press('next'); await deltaflow.press('timeline', 6)"
    )
    assert faulty.promise("return (await deltaflow.state.ahead).refused.unanswered")
    faulty.js("document.getElementById('next').click()")
    faulty.wait("document.querySelector('#message button')")
    faulty.js("document.querySelector('#message button').click()")
    faulty.wait("document.getElementById('message').textContent.includes('given up')")
    assert faulty.at() == (1, 6)
    faulty.js("window.fault = null")
    faulty.click("next")
    faulty.wait_at(2, 0)


VERSION = """
const whole = window.fetch;
window.version = arguments[0];
window.fetch = async (...asked) => {
  const answer = await whole(...asked);
  const headers = new Headers(answer.headers);
  headers.delete("Deltaflow-Version");
  if (window.version) headers.set("Deltaflow-Version", window.version);
  return new Response(await answer.text(), { status: answer.status, headers });
};
"""


RUN = """(({ run, history }) => JSON.stringify([
  run, deltaflow.stage().weights, history.branches.map(({ points }) => points),
]))(deltaflow.state)"""


def train_a_little(page, batches=1):
    page.js("document.getElementById('train-batch').click()")
    page.wait("deltaflow.state.run.batch === arguments[0] && !deltaflow.state.pass.live", batches)


def test_another_version_of_the_server_offers_a_reload_that_loses_nothing(page):
    page.open("?dataset=moons&layer-sizes=2-3-1&epochs=100000")
    page.wait("deltaflow.samples()")  # the last of the answers that still have the true version
    page.js(VERSION, "1.0")
    page.js("deltaflow.release('1.0')")
    train_a_little(page)
    assert page.js("return document.getElementById('release').hidden")
    page.js("window.version = '1.1'; document.getElementById('train').click()")
    page.wait("!document.getElementById('release').hidden")
    notice = page.driver.find_element("id", "release")
    assert notice.get_attribute("role") == "status" and "updated" in notice.text
    covered = page.js(
        "const b = document.getElementById('release').getBoundingClientRect();"
        "return document.querySelector('header').getBoundingClientRect().top - b.bottom"
    )
    assert covered >= 0
    page.wait("deltaflow.state.run.batch > 40")
    page.js(
        f"addEventListener('pagehide', () => sessionStorage.setItem('seen', {RUN}));"
        "document.querySelector('#release button').click()"
    )
    page.wait("document.querySelector('#page.ready') && sessionStorage.getItem('seen')")
    assert page.js(f"return {RUN} === sessionStorage.getItem('seen')")
    assert page.js("return deltaflow.state.run.batch") > 40
    assert page.js("return document.getElementById('release').hidden")


def test_a_version_that_is_not_told_is_none_to_tell_of(page):
    for batches, (mine, theirs) in enumerate([("", "1.1"), ("1.0", ""), ("", "")], 1):
        page.js("deltaflow.release(arguments[0])", mine)
        page.js(VERSION, theirs)
        train_a_little(page, batches)
        assert page.js("return document.getElementById('release').hidden")

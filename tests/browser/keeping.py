"""What is kept of a session."""

# Several samples by hand and batches of two: a run with epochs, an optimiser with a state.
QUERY = (
    "?layer-sizes=3-4-2&optimiser=adam&learning-rate=0.01&batch-size=2&epochs=20000"
    "&sample-x=1,0.5,-0.5;0,1,0;0.2,0.1,0.9;1,1,1;-1,0.3,0&sample-y=1,0;0,1;1,1;0,0;0.5,0.5"
)
STATE = """(() => { const { history, run, pass } = deltaflow.state; return {
  weights: deltaflow.stage().weights, iteration: pass.iteration, run,
  history: history.branches.map(({ id, from, points, kept }) => ({ id, from, points, kept })),
  at: history.at, current: history.current,
}; })()"""


def state_of(page):
    return page.js(f"return {STATE}")


def train(page, batches=200):
    page.click("train")
    page.wait("deltaflow.state.run.batch > arguments[0]", batches)


def pause(page):
    page.js("deltaflow.state.training = false")
    page.wait("!deltaflow.state.pass.live")

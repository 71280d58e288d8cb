"""Exports as tests ask them."""

import engine
from components.requests.export import answer_export
from components.requests.reading import read_stage


def computed(fields):
    stage = read_stage({"fields": fields})
    x, y = stage.config.columns()
    fwd = engine.forward(stage.net, x)
    bwd = engine.backward(stage.net, fwd, y)
    after = engine.sgd_step(stage.net, bwd, stage.config.learning_rate)
    layers = {
        **{"z": fwd.z, "a": fwd.a, "delta": bwd.delta, "dw": bwd.dw, "db": bwd.db},
        **{"w": stage.net.w, "b": stage.net.b, "w_after": after.w, "b_after": after.b},
    }
    return engine.cost(stage.net, fwd, y), layers


def text_of(form, fields, **more):
    return answer_export({"fields": fields, "format": form, **more})["text"]

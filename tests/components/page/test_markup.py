"""HTML of components: what a browser reads is what was written, and never more."""

from html.parser import HTMLParser

import dash_bootstrap_components as dbc
import pytest
from dash import dcc, html

from components.page.markup import VOID, write_markup
from components.page.words import text

NASTY = '</script><b id="x">&amp;\'"<!-- ]]>'


class Read(HTMLParser):
    """What is in a text of HTML, element by element."""

    def __init__(self, markup):
        super().__init__(convert_charrefs=True)
        self.found, self.open = [], []
        self.feed(markup)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.found.append(data)


def read(component, **given):
    return Read(write_markup(component, **given)).found


def test_texts_and_attributes_never_become_markup():
    given = {"title": NASTY, "data-text": NASTY, "aria-label": NASTY}
    assert read(html.P([NASTY, html.B(NASTY), 7], **given)) == [
        *(("p", given), NASTY, ("b", {}), NASTY, "7"),
    ]
    options = [{"label": NASTY, "value": NASTY}]
    assert read(dbc.Select(id="s", options=options))[1:] == [("option", {"value": NASTY}), NASTY]
    assert read(html.Textarea(NASTY))[1] == NASTY


def test_properties_have_the_names_and_values_of_html():
    given = html.Label(
        "x", className="a b", htmlFor="y", tabIndex=-1, hidden=True, role=None, title=""
    )
    ((_, attributes), _) = read(given)
    wanted = {"class": "a b", "for": "y", "tabindex": "-1", "hidden": None, "title": ""}
    assert attributes == wanted
    assert write_markup(html.Button("x", disabled=False)) == "<button>x</button>"
    assert write_markup(html.Td(colSpan=3)) == '<td colspan="3"></td>'
    assert write_markup(html.Hr()) == "<hr>"


def test_fields_have_the_classes_of_bootstrap():
    typed = dbc.Input(id="a", value="1", type="text", size="sm")
    assert read(typed) == [
        (
            "input",
            {"id": "a", "value": "1", "type": "text", "class": "form-control-sm form-control"},
        )
    ]
    ((_, attributes),) = read(
        dbc.Input(type="range", min=0, max=1, step=0.5, class_name="form-range")
    )
    assert attributes["class"] == "form-range form-control"
    assert (attributes["min"], attributes["max"], attributes["step"]) == ("0", "1", "0.5")
    options = [{"label": name.upper(), "value": name} for name in "ab"]
    assert read(dbc.Select(id="s", options=options, value="b", size="sm")) == [
        ("select", {"id": "s", "class": "form-select form-select-sm"}),
        *(("option", {"value": "a"}), "A", ("option", {"value": "b", "selected": None}), "B"),
    ]


@pytest.mark.parametrize(
    ("kind", "classes"), [(dbc.Switch, "form-check form-switch"), (dbc.Checkbox, "form-check")]
)
@pytest.mark.parametrize("on", [True, False])
def test_a_switch_is_a_box_with_its_label(kind, classes, on):
    label = html.Span(**text("plots.log"))
    box = {
        "id": "a",
        "class": "form-check-input",
        "type": "checkbox",
        **({"checked": None} if on else {}),
    }
    assert read(kind(id="a", value=on, label=label)) == [
        ("div", {"class": classes}),
        ("input", box),
        ("label", {"for": "a", "class": "form-check-label form-label"}),
        ("span", {"data-text": "plots.log"}),
        "log",
    ]


def test_what_can_be_pressed_is_held_and_what_is_disabled_by_itself_stays_so():
    page = html.Div(
        [html.Button("a"), html.Button("b", disabled=True), html.Textarea(), html.P("c"),
         dbc.Input(id="i"), dbc.Select(id="s"), dbc.Switch(id="w", value=True)]
    )  # fmt: skip
    found = [part for part in read(page, held=True) if not isinstance(part, str)]
    held = [tag for tag, attributes in found if "data-held" in attributes]
    assert held == ["button", "textarea", "input", "select", "input"]
    assert sum("disabled" in attributes for _, attributes in found) == len(held) + 1


@pytest.mark.parametrize(
    ("component", "why"),
    [
        (dcc.Input(id="a"), r"dash_core_components\.Input cannot be written"),
        (dbc.Modal("x"), r"dash_bootstrap_components\.Modal cannot be written"),
        (html.Script("alert(1)"), r"dash_html_components\.Script cannot be written"),
        (html.P("x", n_clicks=1), "<p>: the property n_clicks is not known"),
        (html.P("x", style={"color": "red"}), "<p>: the property style is not known"),
        (dbc.Input(id="a", debounce=True), "<input>: the property debounce is not known"),
        (html.P(["x", {"a": 1}]), "within an element"),
        (html.P("x", title=["a"]), "title is"),
    ],
)
def test_what_is_not_known_is_told_by_its_name(component, why):
    with pytest.raises(ValueError, match=why):
        write_markup(html.Div([component]))

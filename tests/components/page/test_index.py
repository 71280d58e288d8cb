"""The document: its data are read as they were written, and Dash's scripts rest."""

import json
from html.parser import HTMLParser

from components import ids
from components.config.fields import FIELDS
from components.page import compare_ids
from components.page.index import Addresses, build_index

NASTY = '</script><script>alert("1")</script><!--'
ADDRESSES = Addresses(
    script="/own.js?a&b",
    catalogs={"en": "/en.json", "zh": "/zh.json"},
    later="/later.js",
    plotly='/"plotly".js',
    mathjax={"href": "/mathjax.js", "data-part": "81"},
)


class Document(HTMLParser):
    """The texts of the scripts by their ids, the links, and what stands in a template."""

    def __init__(self, page):
        super().__init__()
        self.scripts, self.links, self.resting = {}, [], ""
        self._within, self._template = None, False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        facts = dict(attrs)
        if tag == "template":
            self._template = True
        elif tag == "link":
            self.links.append(facts)
        elif tag == "script":
            self._within = facts.get("id", facts.get("src"))
            self.scripts[self._within] = ""

    def handle_endtag(self, tag):
        if tag == "template":
            self._template = False
        self._within = None

    def handle_data(self, data):
        if self._within is not None:
            self.scripts[self._within] += data
        elif self._template:
            self.resting += data


def test_data_end_no_script_and_are_read_as_they_were_written():
    found = Document(build_index(ADDRESSES, NASTY)).scripts
    assert set(found) == {ADDRESSES.script, ids.DEFAULTS, compare_ids.COMPARE_CHOICES}
    defaults = json.loads(found[ids.DEFAULTS])
    assert defaults["version"] == NASTY
    assert defaults["fields"] == {name: field.default for name, field in FIELDS.items()}
    assert json.loads(found[compare_ids.COMPARE_CHOICES])["presets"]


def test_what_comes_later_is_linked_with_how_it_is_run():
    links = Document(build_index(ADDRESSES)).links
    named = {link["id"]: link for link in links if "id" in link}
    assert named[ids.PLOTLY_SCRIPT]["href"] == ADDRESSES.plotly
    assert ADDRESSES.mathjax.items() <= named[ids.MATHJAX_SCRIPT].items()
    catalogs = {link["hreflang"]: link["href"] for link in links if "hreflang" in link}
    assert catalogs == ADDRESSES.catalogs
    followed = [link for link in links if link["rel"] not in ("alternate", "icon")]
    assert followed == []


def test_the_scripts_of_dash_rest_in_a_template():
    resting = Document(build_index(ADDRESSES)).resting
    assert "{%scripts%}" in resting and "{%renderer%}" in resting

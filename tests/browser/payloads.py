"""Markup that a file or a person may bring, and where it is looked for."""

RUN = "window.hacked=1"
PAYLOADS = [
    f'<img src=x onerror="{RUN}">',
    f"<svg onload={RUN}>",
    f"<script>{RUN}</script>",
    f'"><img src=x onerror={RUN}>',
    f"'><svg/onload={RUN}>",
    f'" autofocus onfocus="{RUN}" x="',
    f"' onmouseover='{RUN}' x='",
    f"` onmouseover=`{RUN}` x=`",
    f"javascript:{RUN}",
    f'<a href="javascript:{RUN}">click</a>',
    f'<a href="java\tscript:{RUN}">tab</a>',
    '<iframe srcdoc="<script>parent.hacked=1</script>"></iframe>',
    "<iframe src=javascript:parent.hacked=1>",
    f"</td></tr></table><img src=x onerror={RUN}>",
    f"</textarea><img src=x onerror={RUN}>",
    f"</title></style></script><img src=x onerror={RUN}>",
    f"<details open ontoggle={RUN}>",
    f"<video><source onerror={RUN}></video>",
    f"<math><mtext><img src=x onerror={RUN}></mtext></math>",
    f"<style>@import 'javascript:{RUN}';</style>",
    "<base href=//evil.example/>",
    f"<form action=javascript:{RUN}><button>go</button></form>",
    f"&lt;img src=x onerror={RUN}&gt;",
    f"&#60;img src=x onerror={RUN}&#62;",
    "${" + RUN + "}",
    "{{constructor.constructor('" + RUN + "')()}}",
    "\\href{javascript:" + RUN + "}{x} $\\href{javascript:" + RUN + "}{x}$",
    "<b>bold</b><br><sup>2</sup>%{y}<extra></extra>",
    f"\u202e\u2066<img src=x onerror={RUN}>\u2069",
    f'\n""";import os;os.hacked=1#\\end{{document}}\n{RUN}',
    "__proto__",
    '=HYPERLINK("javascript:' + RUN + '")',
]
# Elements that no text of ours makes, and attributes that would be run.
ALIEN = """return (() => {
  const made = "img, iframe, object, embed, video, source, base, extra, form[action], svg script";
  const linked = ".js-plotly-plot a, .plotted a, mjx-container a";
  const bad = [...document.querySelectorAll(`${made}, ${linked}`)];
  for (const node of document.querySelectorAll("*")) {
    for (const { name, value } of node.attributes) {
      const led = ["href", "src", "action", "xlink:href"].includes(name) && /script:/i.test(value);
      if (led || /^on/i.test(name)) bad.push(node);
    }
  }
  bad.push(...[...document.scripts].filter(({ textContent }) => textContent.includes("hacked")));
  const found = bad.map(({ nodeName, className }) => `${nodeName} ${className}`);
  return [window.hacked, Object.prototype.hacked, found];
})()"""


def quiet(page):
    """Nothing ran and nothing strange is on the page, some time for pictures to fail included."""
    page.promise("await new Promise((go) => setTimeout(go, 150)); return 1")
    assert page.js(ALIEN) == [None, None, []]

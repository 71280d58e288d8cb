"""The panel of lessons, in the place of the settings; the browser fills it."""

from dash import html

from components import place_ids as ids
from components.page.parts import button
from components.page.words import label, text, title

__all__ = ["build_lesson_panel", "build_lessons_button"]


def build_lessons_button() -> html.Button:
    """The button that opens the panel, or closes it."""
    return button("header.lessons", ids.LESSONS)


def build_lesson_panel() -> html.Aside:
    """Title, text of the station, and the way on, back, and back from elsewhere."""
    head = [
        html.H2(id=ids.LESSON_TITLE, tabIndex=-1),
        button("lesson.all", ids.LESSON_ALL),
        button("lesson.close", ids.LESSON_CLOSE),
    ]
    foot = [
        button("lesson.back", ids.LESSON_BACK),
        html.Span(id=ids.LESSON_PLACE, className="muted"),
        button("lesson.next", ids.LESSON_NEXT, ""),
    ]
    words = {**text("lesson.return"), **title("lesson.return.title")}
    back = html.Button(**words, id=ids.LESSON_RETURN, type="button", hidden=True)
    return html.Aside(
        [
            html.Div(head, className="panel-head"),
            html.Div(id=ids.LESSON_CONTENT, className="lesson-content", tabIndex=0),
            back,
            html.Div(foot, className="lesson-foot"),
        ],
        **label("header.lessons"),
        id=ids.LESSON,
        className="lesson",
        hidden=True,
    )

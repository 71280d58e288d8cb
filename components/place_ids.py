"""The element ids of what leads to a place of the page, each written once: links and lessons."""

from typing import Final

SHARE_DIALOG: Final = "share-dialog"
SHARE_TOLD: Final = "share-told"
SHARE_LINK: Final = "share-link"
SHARE_COPY: Final = "share-copy"
SHARE_QR: Final = "share-qr"
SHARE_FILE: Final = "share-file"
SHARE_FRAME: Final = "share-frame"
SHARE_FRAME_COPY: Final = "share-frame-copy"
EMBED_OPEN: Final = "embed-open"

LESSONS: Final = "lessons"
LESSON: Final = "lesson"
LESSON_TITLE: Final = "lesson-title"
LESSON_CONTENT: Final = "lesson-content"
LESSON_ALL: Final = "lesson-all"
LESSON_CLOSE: Final = "lesson-close"
LESSON_BACK: Final = "lesson-back"
LESSON_NEXT: Final = "lesson-next"
LESSON_PLACE: Final = "lesson-place"
LESSON_RETURN: Final = "lesson-return"

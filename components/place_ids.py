"""The element ids of what leads to a place of the page, each written once: links."""

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

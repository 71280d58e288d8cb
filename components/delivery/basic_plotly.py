"""plotly.js with the few kinds of charts that the page draws: a third of all of it.

python -m components.delivery.basic_plotly      fetch it, where it is not there

Plotly's Python package ships all of plotly.js. Its authors publish the smaller build as a package
of npm, which pip does not install: it is fetched once, by version and checksum, and kept beside the
compressed files. Where it is not there, or belongs to another release than the installed package,
all of plotly.js is served, which draws the same.
"""

import base64
import hashlib
import http.client
import importlib.util
import io
import re
import tarfile
import urllib.request
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from components.delivery.folder import cache_folder, keep_file

__all__ = ["BASIC", "Release", "basic_plotly", "bundled_version", "fetch", "main"]

SECONDS: Final = 5.0
LARGEST: Final = 4 * 2**20
HEAD: Final = re.compile(r"plotly\.js v(\d+\.\d+\.\d+)")


@dataclass(frozen=True)
class Release:
    """A package of npm: its version, the checksum that npm tells of it, the file that is used."""

    package: str
    version: str
    integrity: str
    member: str

    @property
    def archive(self) -> str:
        return f"{self.package}-{self.version}.tgz"

    @property
    def address(self) -> str:
        return f"https://registry.npmjs.org/{self.package}/-/{self.archive}"

    def is_whole(self, content: bytes) -> bool:
        """Whether an archive is the published one, by its SHA-512."""
        digest = base64.b64encode(hashlib.sha512(content).digest()).decode()
        return f"sha512-{digest}" == self.integrity


# The release that plotly's package bundles: a new one changes both lines of numbers here, as
# `npm view plotly.js-basic-dist-min@VERSION dist.integrity` tells them.
BASIC: Final = Release(
    "plotly.js-basic-dist-min",
    "3.7.0",
    "sha512-84KPQhLTrO5IHu6DCte2KwA4bzSoVIdIs3uDPWid3sgeTX8L5RjpDARjCG3spgOwQ8MYE8PL+MeQ0DQRWA1Emw==",
    "package/plotly-basic.min.js",
)


def bundled_version() -> str | None:
    """The release of plotly.js in the installed package; None where its head does not say."""
    found = importlib.util.find_spec("plotly")
    assert found is not None and found.origin is not None, "requirements.txt asks for it"
    script = Path(found.origin).parent / "package_data/plotly.min.js"
    with script.open(encoding="utf-8") as file:
        told = HEAD.search(file.read(1000))
    return told[1] if told else None


def _kept(release: Release, folder: Path) -> bytes | None:
    """The archive that was fetched before; None where there is none, or it is not whole."""
    with suppress(OSError):
        content = (folder / release.archive).read_bytes()
        return content if release.is_whole(content) else None
    return None


def basic_plotly(folder: Path, release: Release = BASIC) -> bytes | None:
    """The script, where it was fetched and is of the installed release; it asks no network."""
    if release.version != bundled_version() or (content := _kept(release, folder)) is None:
        return None
    with tarfile.open(fileobj=io.BytesIO(content), mode="r:gz") as archive:
        file = archive.extractfile(release.member)
        return file.read() if file else None


def fetch(folder: Path, release: Release = BASIC) -> None:
    """Fetch and keep the archive, unless it is there or is not the installed release's.

    Raises OSError where the network does not give it, ValueError where it gives something else.
    """
    if release.version != bundled_version() or _kept(release, folder) is not None:
        return
    try:
        with urllib.request.urlopen(release.address, timeout=SECONDS) as answer:
            content = answer.read(LARGEST)
    except http.client.HTTPException as error:
        raise OSError(f"the answer broke off: {error!r}") from error
    if not release.is_whole(content):
        raise ValueError("its checksum is another than the published one")
    keep_file(folder, release.archive, content)


def main() -> None:
    """Fetch it; a reason why that did not go is printed, and stands in nobody's way."""
    try:
        fetch(cache_folder())
    except (OSError, ValueError) as error:
        print(f"{BASIC.archive} was not fetched ({error}); all of plotly.js is served instead.")


if __name__ == "__main__":
    main()

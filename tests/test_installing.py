"""What installs the program: the wheel, the lock, the image, and what the public CI runs."""

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
IMAGE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def required() -> list[Requirement]:
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    return [Requirement(line.split("#")[0]) for line in lines if line.split("#")[0].strip()]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel of this tree, built without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*build, "-w", folder, ROOT], check=True, capture_output=True)
    (path,) = folder.glob("*.whl")
    return zipfile.ZipFile(path)


def test_a_wheel_installs_one_name(wheel):
    tops = {name.split("/")[0] for name in wheel.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"deltaflow"}


def test_a_wheel_holds_all_that_runs(wheel):
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a checkout")
    folders = ("engine/", "components/", "assets/", "messages/", "examples/", "lessons/")
    running = {f for f in listed.stdout.split() if f.startswith(folders) or f in RUN}
    tree = "deltaflow/tree/"
    assert {n.removeprefix(tree) for n in wheel.namelist() if n.startswith(tree)} >= running


RUN = ("app.py", "serve.py")


def test_what_is_installed_runs_from_elsewhere(wheel, tmp_path):
    wheel.extractall(tmp_path)
    code = (
        "from deltaflow import engine, main; import app, serve;"
        "print(engine.__file__, app.server.test_client().get('/').status_code)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert ran.stdout.split() == [str(tmp_path / "deltaflow/tree/engine/__init__.py"), "200"]


def test_a_wheel_asks_for_what_the_requirements_say(wheel):
    (name,) = (n for n in wheel.namelist() if n.endswith(".dist-info/METADATA"))
    lines = wheel.read(name).decode().splitlines()
    asked = [Requirement(li.split(": ", 1)[1]) for li in lines if li.startswith("Requires-Dist")]
    assert {str(r).lower() for r in asked} == {str(r).lower() for r in required()}


def test_the_lock_has_a_release_with_hashes_of_all_that_is_required():
    entries = re.findall(
        r"^([a-z0-9-]+)==(\S+)((?:.*\\\n\s+--hash=sha256:[0-9a-f]{64})+)", LOCK, re.M
    )
    pinned = {name: version for name, version, _ in entries}
    assert len(entries) == len(re.findall(r"^\S", LOCK, re.M))
    for one in required():
        assert pinned[one.name.lower()] in one.specifier, one


def test_the_image_has_what_the_wheel_has():
    copied = {a for line in re.findall(r"^COPY (.+) \S+$", IMAGE, re.M) for a in line.split()}
    included = set(PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"])
    assert copied == included - {"scripts/installed.py"} | {"requirements.lock"}


def test_the_public_ci_runs_the_tests_on_every_python_from_the_oldest_on():
    text = (ROOT / ".github/workflows/test.yml").read_text(encoding="utf-8")
    assert "run: make test" in text
    oldest = PROJECT["project"]["requires-python"].removeprefix(">=")
    assert re.search(r"python: \[(.+)\]", text)[1].split(", ")[0] == f'"{oldest}"'


def test_the_citation_names_this_release():
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"version: {PROJECT['project']['version']}\n" in text

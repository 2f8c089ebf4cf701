"""What is installed is the three folders, all of them, under one name."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

FOLDERS = ("importers", "ledger", "plugins")

IMPORT_ALL = """
import importlib, pkgutil, sys
import yusuan.importers, yusuan.ledger, yusuan.plugins
for package in (yusuan.importers, yusuan.ledger, yusuan.plugins):
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
generic = {"importers", "ledger", "plugins"} & {name.partition(".")[0] for name in sys.modules}
sys.exit(f"imported by a bare name: {sorted(generic)}" if generic else 0)
"""


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    """Run a command and give what it prints; a failure shows all of it."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        capture_output=True,
        check=False,
        env=os.environ | environment,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def build(kind: str, source: Path, out: Path) -> Path:
    """Build a wheel or an sdist without network."""
    command = (sys.executable, "-m", "build", "--no-isolation", f"--{kind}", "--outdir", out)
    run(*command, cwd=source)
    (built,) = out.glob({"wheel": "*.whl", "sdist": "*.tar.gz"}[kind])
    return built


@pytest.fixture(scope="module")
def source(root: Path, tree: tuple[Path, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files under version control alone: no leftovers of earlier builds."""
    copy = tmp_path_factory.mktemp("source")
    for path in tree:
        if path.parts[0] in FOLDERS or len(path.parts) == 1:
            (copy / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(root / path, copy / path)
    return copy


@pytest.fixture(scope="module")
def wheel(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel straight from the tree."""
    out = tmp_path_factory.mktemp("wheel")
    return build("wheel", source, out)


def contents(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if ".dist-info/" not in name}


def test_the_wheel_is_the_tree(wheel: Path, tree: tuple[Path, ...]) -> None:
    wanted = {f"yusuan/{path.as_posix()}" for path in tree if path.parts[0] in FOLDERS}
    assert contents(wheel) == wanted


def test_the_sdist_gives_the_same_wheel(source: Path, wheel: Path, tmp_path: Path) -> None:
    sdist = build("sdist", source, tmp_path)
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path)  # noqa: S202 -- our own; Python 3.11.2 has no filters yet
    unpacked = tmp_path / sdist.name.removesuffix(".tar.gz")
    assert contents(build("wheel", unpacked, tmp_path)) == contents(wheel)


def test_an_install_adds_one_name(wheel: Path, tmp_path: Path) -> None:
    pip = (sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps")
    run(*pip, "--no-compile", "--target", tmp_path, wheel, cwd=tmp_path)
    info = wheel.name.partition("-py3")[0] + ".dist-info"
    assert {path.name for path in tmp_path.iterdir()} == {"bin", "yusuan", info}
    assert [path.name for path in (tmp_path / "bin").iterdir()] == ["yusuan"]
    assert {path.name for path in (tmp_path / "yusuan").iterdir()} == set(FOLDERS)
    show = "import yusuan.plugins; print(yusuan.plugins.__file__)"
    found = run(sys.executable, "-c", show, cwd=tmp_path, PYTHONPATH=str(tmp_path))
    assert found.strip() == str(tmp_path / "yusuan" / "plugins" / "__init__.py")


def test_no_code_is_imported_by_a_bare_name(tmp_path: Path) -> None:
    run(sys.executable, "-W", "error", "-c", IMPORT_ALL, cwd=tmp_path)

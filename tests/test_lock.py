"""The locks hold names, versions and hashes, and nothing of where they were made."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

PIN = re.compile(r"(?P<name>[a-z0-9][a-z0-9.-]*)==(?P<version>[\w.+!]+)(?: ; [^#\\]+)? \\")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}(?: \\)?")


def pins(lock: Path) -> set[tuple[str, str]]:
    matches = (PIN.fullmatch(line) for line in lock.read_text("utf-8").splitlines())
    return {(match["name"], match["version"]) for match in matches if match}


@pytest.mark.parametrize("name", ["run.txt", "dev.txt"])
def test_a_lock_is_pins_and_hashes(root: Path, name: str) -> None:
    lines = (root / "requirements" / name).read_text("utf-8").splitlines()
    assert [line for line in lines if not (PIN.fullmatch(line) or HASH.fullmatch(line))] == []


def test_developers_run_what_users_run(root: Path) -> None:
    assert pins(root / "requirements" / "run.txt") < pins(root / "requirements" / "dev.txt")


def test_every_dependency_is_locked(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    groups = project["dependency-groups"].values()
    developing = {entry for group in groups for entry in group if isinstance(entry, str)}
    for wanted, lock in ((project["project"]["dependencies"], "run"), (developing, "dev")):
        names = {re.split(r"[<>=]", entry)[0] for entry in wanted}
        assert names <= {name for name, _ in pins(root / "requirements" / f"{lock}.txt")}

"""What all tests share: the repository, the real documents, a browser."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from tests.machines import SEED_PROPERTY
from tests.machines import SEED_VARIABLE
from tests.machines import fresh_seed

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator

    from _pytest.terminal import TerminalReporter
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parents[1]

# No deadline: the two cores of a small machine are shared. CI draws the same examples every time.
settings.register_profile("yusuan", deadline=None, print_blob=True, derandomize="CI" in os.environ)
settings.load_profile("yusuan")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest tests, so that at the end no core waits for another's last one."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def tree(root: Path) -> tuple[Path, ...]:
    """Every file that is, or is about to be, under version control, relative to the root."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607 - git is where it is
        cwd=root,
        capture_output=True,
        check=True,
        text=True,
    )
    names = (Path(name) for name in sorted(set(listed.stdout.split("\0"))) if name)
    return tuple(name for name in names if (root / name).is_file())


@pytest.fixture(scope="session")
def documents(root: Path) -> Path:
    """The real documents, which belong to their publishers and are never copied in here."""
    folder = root.parent / "shared" / "documents"
    if not folder.is_dir():
        pytest.skip("the real documents are not on this machine")
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's own chromium, without a window."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - slow, and few tests need it

    executable = shutil.which("chromium")
    if executable is None:
        if os.environ.get("YUSUAN_REQUIRE_BROWSER") == "1":
            pytest.fail("chromium is required here (YUSUAN_REQUIRE_BROWSER=1) and missing")
        pytest.skip("no chromium on this machine")
    with sync_playwright() as playwright:
        # Containers run as root, where chromium's sandbox refuses to start.
        chromium = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def seed(record_property: Callable[[str, object], None]) -> int:
    """The seed of a model, chosen by chance or by YUSUAN_SEED; it is printed when all tests are done."""
    chosen = fresh_seed()
    record_property(SEED_PROPERTY, chosen)
    return chosen


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Say how to repeat what was drawn by chance, whether it passed or not."""
    for outcome in ("passed", "failed"):
        for report in terminalreporter.getreports(outcome):
            drawn = dict(report.user_properties).get(SEED_PROPERTY)
            if report.when == "call" and drawn is not None:
                terminalreporter.write_line(f"{SEED_VARIABLE}={drawn} pytest {report.nodeid}")

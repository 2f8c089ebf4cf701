"""Reports depend on the ledger alone: not on hash seed, time zone, locale, or the order of files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.books import approved
from tests.books import pay
from tests.books import yusuan

if TYPE_CHECKING:
    from pathlib import Path

COMMANDS = [
    ["check", "--json"],
    ["lines"],
    ["available", "--line", "2020J01", "--economic", "30209"],
    *(["execution", "--by", by] for by in ("function", "economic", "project", "fund", "line")),
]
SURROUNDINGS = [
    {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8"},
    {"PYTHONHASHSEED": "2", "TZ": "Asia/Shanghai", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "3", "TZ": "Pacific/Apia", "LC_ALL": "POSIX", "COLUMNS": "20"},
]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = approved(tmp_path_factory.mktemp("determinism") / "book")
    for month in (3, 4, 5):
        assert pay(folder, date=f"2020-{month:02d}-16").exit_code == 0
        assert (
            pay(folder, date=f"2020-{month:02d}-16", line="2020X01", economic="30227").exit_code
            == 0
        )
    return folder


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_the_surroundings_do_not_matter(book: Path, command: list[str]) -> None:
    done = {yusuan(command[0], book, *command[1:], **around).stdout for around in SURROUNDINGS}
    assert len(done) == 1
    assert done != {""}


def test_the_order_of_files_does_not_matter(book: Path) -> None:
    main = book / "main.beancount"
    text = main.read_text("utf-8")
    lines = text.splitlines()
    includes = [line for line in lines if line.startswith("include")]
    others = [line for line in lines if not line.startswith("include")]
    before = [yusuan(command[0], book, *command[1:]).stdout for command in COMMANDS]
    try:
        main.write_text("\n".join([*others, *reversed(includes)]) + "\n", "utf-8")
        after = [yusuan(command[0], book, *command[1:]).stdout for command in COMMANDS]
    finally:
        main.write_text(text, "utf-8")
    assert after == before

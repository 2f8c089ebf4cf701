"""What the README files promise is what there is: every command stands in both of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from yusuan.ledger.cli import COMMANDS

if TYPE_CHECKING:
    from pathlib import Path

ROW = re.compile(r"^\| `yusuan (\w+)` \| (.+) \|$", re.MULTILINE)


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_every_command_has_its_row_in_the_order_of_the_help_page(root: Path, name: str) -> None:
    rows = ROW.findall((root / name).read_text("utf-8"))
    assert [command for command, _ in rows] == list(COMMANDS)

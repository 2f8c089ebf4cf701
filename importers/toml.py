"""Words as data: the TOML that a package brings, and what a person wrote beside it."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import TYPE_CHECKING
from typing import Any

if TYPE_CHECKING:
    from pathlib import Path


class TomlError(ValueError):
    """A file of a person's that cannot be used."""

    def __init__(self, file: str, why: str) -> None:
        """Say which file and what to change."""
        super().__init__(f"{file}：{why}")


def packaged(package: str, name: str = "words.toml") -> dict[str, Any]:
    """Read the file of a package of ours."""
    return tomllib.loads(resources.files(package).joinpath(name).read_text("utf-8"))


def written(path: Path, error: type[TomlError]) -> dict[str, Any]:
    """Read a person's file. Raises the error given."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as wrong:
        why = f"不是正确的 TOML 文件（{wrong}），请改正后再试"
        raise error(str(path), why) from None

"""A new book: the top file with its options, plugins and explicit includes, and the empty year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import tomli_w

from yusuan.ledger.books import text
from yusuan.ledger.books.load import MAIN_FILE
from yusuan.ledger.books.queries import directives
from yusuan.ledger.books.requirements import STRICT
from yusuan.ledger.books.write import LOCK_FILE
from yusuan.ledger.books.write import locked
from yusuan.ledger.books.write import replace
from yusuan.ledger.chart import AUTHORITY
from yusuan.ledger.chart import ECONOMIC
from yusuan.ledger.chart import MONEY
from yusuan.ledger.chart import SPECIAL
from yusuan.ledger.config import CONFIG_FILE
from yusuan.ledger.tables import particulars

if TYPE_CHECKING:
    from collections.abc import Iterable

CHART_FILE = "chart.beancount"
QUERIES_FILE = "queries.beancount"
#: For fava's import page and beangulp's commands, and the folder of files to import.
IMPORTERS_FILE = "import.py"
IMPORTS_FOLDER = "导入"
#: The pages beside fava's own.
EXTENSION = "yusuan.ledger.web"
#: The one that a browser is led to.
FIRST_PAGE = "extension/Overview/"
_SCHEMA = "yusuan.book/1"
_MONEY_ACCOUNTS = "Assets|Income|Expenses"


class NotEmptyError(ValueError):
    """The folder for a new book has something in it already."""

    def __init__(self, folder: Path) -> None:
        """Say which folder."""
        super().__init__(f"{folder} 不是空目录，不能在其中建立账套；请另选目录")


@dataclass(frozen=True, slots=True)
class NewBook:
    """What a new book is asked for.

    `notes` are comment lines for the head of every file; `title` is on every page of fava, and
    says what the book is where that is not said by the unit's name.
    """

    unit: str
    year: int
    kind: str
    notes: tuple[str, ...] = ()
    title: str = ""


def budget_file(folder: Path, year: int) -> Path:
    """Give the file for a year's budget: approvals and every later change of authority."""
    return folder / str(year) / "budget.beancount"


def particulars_file(folder: Path, year: int) -> Path:
    """Give the file for what a year's budget says beyond authority."""
    return folder / str(year) / particulars.FILE_NAME


def month_file(folder: Path, year: int, month: int) -> Path:
    """Give the file for a month's execution."""
    return folder / str(year) / f"{year}-{month:02d}.beancount"


def create(folder: Path, book: NewBook) -> None:
    """Write a new book. Raises NotEmptyError, TextError, BusyError, OSError; leaves nothing half done."""
    included = [folder / CHART_FILE, folder / QUERIES_FILE, budget_file(folder, book.year)]
    included += [month_file(folder, book.year, month) for month in range(1, 13)]
    contents = {path: _head(_title(book, path, folder), book) for path in included}
    for month in range(1, 13):
        contents[month_file(folder, book.year, month)] += _insertion(book.year, month)
    contents[folder / QUERIES_FILE] += "".join(directives(book.year))
    contents[folder / CONFIG_FILE] = _settings(book)
    contents[folder / IMPORTERS_FILE] = _importers(book)
    contents[folder / MAIN_FILE] = _main(
        book, [path.relative_to(folder).as_posix() for path in included]
    )
    _refuse_filled(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with locked(folder):
        _refuse_filled(folder)
        replace({path: content.encode() for path, content in contents.items()})


def _refuse_filled(folder: Path) -> None:
    # A lock alone is what is left of an attempt that failed before anything was in place.
    if folder.exists() and any(
        path.is_file() and path.name != LOCK_FILE for path in folder.rglob("*")
    ):
        raise NotEmptyError(folder)


def _title(book: NewBook, path: Path, folder: Path) -> str:
    if path.name == CHART_FILE:
        return f"{book.unit} 账套科目表（本项目自定的指标科目与政府会计制度预算会计科目）"
    if path.name == QUERIES_FILE:
        return f"{book.unit} fava 的查询：常用的可以改，也可以添加自己的"
    if path == budget_file(folder, book.year):
        return f"{book.unit} {book.year}年预算：批复与各项额度变动"
    return f"{book.unit} {path.stem} 执行"


def _head(title: str, book: NewBook) -> str:
    return text.comment([title, *book.notes]) + "\n"


def _insertion(year: int, month: int) -> str:
    """Have fava's form write what moves money into the month's file; authority goes to the default file.

    fava takes the last option dated before the entry whose pattern fits any of its accounts.
    """
    day = date(year, month, 1) - timedelta(days=1)
    hint = text.comment(["在 fava 中录入的凭证插在这里"])
    return f'{hint}{day} custom "fava-option" "insert-entry" "{_MONEY_ACCOUNTS}"\n'


def _settings(book: NewBook) -> str:
    unit: dict[str, object] = {"name": book.unit, "kind": book.kind, "years": [book.year]}
    if book.notes:
        unit["notes"] = list(book.notes)
    data = {"schema": _SCHEMA, "unit": unit}
    notes = "".join(f"# {note}\n" for note in (f"{book.unit} 账套设置", *book.notes))
    return notes + tomli_w.dumps(data)


def _importers(book: NewBook) -> str:
    notes = "".join(f"# {note}\n" for note in book.notes)
    return f'''"""The importers of this book, for fava's import page and beangulp's commands.

待导入的文件放在“{IMPORTS_FOLDER}”文件夹。
"""
{notes}
from pathlib import Path

from yusuan.importers.gulp import command
from yusuan.importers.gulp import importers

CONFIG = importers(Path(__file__).parent)

if __name__ == "__main__":
    command(CONFIG)
'''


def _main(book: NewBook, includes: Iterable[str]) -> str:
    options = [
        ("title", book.title or f"{book.unit} 预算账套"),
        ("tolerance_multiplier", "0"),
        *(("operating_currency", commodity) for commodity in (MONEY, AUTHORITY, ECONOMIC, SPECIAL)),
        ("account_previous_balances", "8901-期初余额"),
        ("account_previous_earnings", "8902-以前年度收支差额"),
        ("account_current_earnings", "8903-本年收支差额"),
    ]
    budget = budget_file(Path(), book.year).as_posix()
    fava = [
        ("language", "zh"),
        ("locale", "zh_CN"),
        ("default-file", budget),
        ("default-page", FIRST_PAGE),
        ("import-config", IMPORTERS_FILE),
        ("import-dirs", IMPORTS_FOLDER),
    ]
    parts = [
        _head(f"{book.unit} 预算账套：选项、插件和包含的文件只写在这里", book),
        *(text.option(name, value) for name, value in options),
        "\n",
        f'plugin "{STRICT}"\n',
        "\n",
        *(f"include {text.quoted(path)}\n" for path in includes),
        "\n",
        text.comment(["fava 的设置"]),
        *(f'{book.year}-01-01 custom "fava-option" "{name}" "{value}"\n' for name, value in fava),
        f'{book.year}-01-01 custom "fava-extension" "{EXTENSION}"\n',
    ]
    return "".join(parts)

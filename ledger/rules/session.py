"""What the plugins of one load share: the settings, the receipts, what was reported already.

It all stands in beancount's options map, because that is the one thing that every plugin of a
load is given, and that whoever loaded the ledger can read afterwards.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

from yusuan.ledger.classification import code_files
from yusuan.ledger.config import CONFIG_FILE
from yusuan.ledger.config import ConfigError
from yusuan.ledger.config import Settings
from yusuan.ledger.config import load_settings

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from yusuan.ledger.finding import Finding

RECEIPTS = "yusuan_receipts"
NOT_APPLICABLE = "yusuan_not_applicable"
SWITCHED_OFF = "yusuan_switched_off"
REPORTED = "yusuan_reported"
ADVICE = "yusuan_advice"

#: Our own commands read authority from the movements, so they need not have the legs written out.
_legs_wanted: ContextVar[bool] = ContextVar("legs_wanted", default=True)


def legs_wanted() -> bool:
    """Tell whether the authority plugin is to add the derived legs to the entries."""
    return _legs_wanted.get()


@contextmanager
def without_legs() -> Iterator[None]:
    """Load without the derived legs: they cost a third of a load and only fava shows them."""
    token = _legs_wanted.set(False)
    try:
        yield
    finally:
        _legs_wanted.reset(token)


@contextmanager
def legs_for(*, asserted: bool) -> Iterator[None]:
    """Want the legs all the same where a `balance` asserts authority: beancount proves it on postings."""
    token = _legs_wanted.set(_legs_wanted.get() or asserted)
    try:
        yield
    finally:
        _legs_wanted.reset(token)


def book_of(options_map: dict[str, Any]) -> Path | None:
    """Give the folder of the ledger being loaded; None for one loaded from a string."""
    filename = options_map.get("filename")
    path = Path(filename) if filename else None
    return path.parent if path is not None and path.is_file() else None


def settings_of(options_map: dict[str, Any], config: str | None) -> Settings:
    """Read the book's settings: `config` names the file, `yusuan.toml` beside the ledger by default.

    Adds the file, and the book's own code tables, to the list of included files, so that fava
    and the load cache see them change. Raises ConfigError.
    """
    folder = book_of(options_map)
    if folder is None:
        return Settings()
    path = folder / (config or CONFIG_FILE)
    if config and not path.is_file():
        raise ConfigError(path, "插件参数所写的设置文件不存在，请改正文件名或去掉参数")
    # Before they are read: a file that is wrong must be watched until it is put right.
    _watch(options_map, [path] if path.is_file() else [])
    settings = load_settings(path)
    _watch(options_map, code_files(path.parent))
    return settings


def _watch(options_map: dict[str, Any], files: Iterable[Path]) -> None:
    included = options_map["include"]
    included.extend(str(file) for file in files if str(file) not in included)


def begun(options_map: dict[str, Any]) -> bool:
    """Tell whether any plugin of ours has run in this load."""
    return RECEIPTS in options_map


def receive(options_map: dict[str, Any], rules: Iterable[str], idle: Iterable[str] = ()) -> None:
    """Write a receipt for each rule that came to its end: it ran, or there was nothing to run on."""
    _note(options_map, RECEIPTS, rules)
    _note(options_map, NOT_APPLICABLE, idle)


def receipts(options_map: dict[str, Any]) -> list[str]:
    """Give the rules that have come to their end in this load, those not applicable among them."""
    return list(options_map.get(RECEIPTS, ()))


def not_applicable(options_map: dict[str, Any]) -> list[str]:
    """Give the rules whose inputs the book does not have (不适用)."""
    return list(options_map.get(NOT_APPLICABLE, ()))


def switch_off(options_map: dict[str, Any], rules: Iterable[str]) -> None:
    """Note the rules that the book has switched off."""
    _note(options_map, SWITCHED_OFF, rules)


def off(options_map: dict[str, Any]) -> list[str]:
    """Give the rules that the book has switched off."""
    return list(options_map.get(SWITCHED_OFF, ()))


def _note(options_map: dict[str, Any], key: str, rules: Iterable[str]) -> None:
    noted = options_map.setdefault(key, [])
    noted.extend(rule for rule in rules if rule not in noted)


def advise(options_map: dict[str, Any], findings: Iterable[Finding]) -> None:
    """Put aside what does not stop: beancount would count it as an error."""
    options_map.setdefault(ADVICE, []).extend(findings)


def advice(options_map: dict[str, Any]) -> list[Finding]:
    """Give the findings of a load that do not stop."""
    return list(options_map.get(ADVICE, ()))


def unreported(options_map: dict[str, Any], findings: Iterable[Finding]) -> list[Finding]:
    """Leave out what a plugin listed twice has reported before; a later run may still find more."""
    reported = options_map.setdefault(REPORTED, set())
    fresh = []
    for finding in findings:
        key = (
            finding.rule,
            finding.message,
            finding.source.get("filename"),
            finding.source.get("lineno"),
        )
        if key not in reported:
            reported.add(key)
            fresh.append(finding)
    return fresh

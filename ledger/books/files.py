"""The files of a ledger: found from the top file's includes, read once, guarded before parsing."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING

from yusuan.ledger.books.errors import reason
from yusuan.ledger.books.guard import scan
from yusuan.ledger.finding import Finding
from yusuan.ledger.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yusuan.ledger.books.guard import Directive
    from yusuan.ledger.books.guard import Scan

#: A ledger file larger than this is not one that people wrote.
MAX_FILE_BYTES = 512 * 1024 * 1024
MAX_FILES = 2_000
_TOP_ONLY = {"option": "选项", "plugin": "插件"}
#: beancount has gpg decrypt these, and the guard would see only what is encrypted.
_ENCRYPTED = {".gpg", ".asc"}
_WILD = frozenset("*?[")
_STATEFUL = {"pushtag", "poptag", "pushmeta", "popmeta"}


@dataclass(slots=True)
class LedgerFiles:
    """Every file of a ledger with the digest of what was read, and what is wrong with their text.

    `plugins` and `options` are those of the top file, the only ones that beancount obeys.
    """

    top: Path
    digests: dict[Path, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    #: Files that could not be read; once they can be, the ledger is another one.
    absent: list[Path] = field(default_factory=list)
    plugins: list[tuple[str, ...]] = field(default_factory=list)
    options: list[tuple[str, ...]] = field(default_factory=list)

    @property
    def safe(self) -> bool:
        """Whether the text may be given to the parser."""
        return not self.findings or all(f.severity is not Severity.STOP for f in self.findings)


def examine(top: Path) -> LedgerFiles:
    """Read and guard the top file and everything it includes, each file once."""
    files = LedgerFiles(top)
    if _WILD & set(str(top.parent)):
        _report(files, top, 0, "账套目录的路径中有 *、? 或 [，beancount 会当作通配符；请给目录改名")
    waiting = [(top, top, 0)]
    while waiting:
        path, by, line = waiting.pop(0)
        if path in files.digests:
            continue
        if len(files.digests) >= MAX_FILES:
            _report(
                files, by, line, f"包含的文件超过 {MAX_FILES} 个，请检查 include 是否循环或写错"
            )
            break
        data = _read(files, path, by, line)
        if data is None:
            files.absent.append(path)
            continue
        files.digests[path] = hashlib.sha256(data).hexdigest()
        seen = scan(data)
        _collect(files, path, seen)
        waiting.extend((target, path, at) for target, at in _included(files, path, seen))
    cache = top.with_name(f".{top.name}.picklecache")
    if cache.exists():
        text = (
            f"有 beancount 的载入缓存 {cache.name}，yusuan 不读它；请删除，并对 bean-check 使用 -C"
        )
        files.findings.append(_finding(cache, 0, text, "L07", Severity.WARN))
    return files


def still_absent(files: LedgerFiles) -> bool:
    """Tell whether all that could not be read when the ledger was cannot be read now either."""
    again = LedgerFiles(files.top)
    return all(_read(again, path, path, 0) is None for path in files.absent)


def _read(files: LedgerFiles, path: Path, by: Path, line: int) -> bytes | None:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_FILE_BYTES:
            most = MAX_FILE_BYTES // 1024 // 1024
            _report(files, by, line, f"{path.name} 不是不大于 {most} MB 的普通文件，请检查")
            return None
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        why = reason(error) if isinstance(error, OSError) else "不是可用的路径"
        _report(files, by, line, f"读不到文件 {path.name}（{why}），请检查路径和权限")
        return None
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        at = data.count(b"\n", 0, error.start) + 1
        _report(files, path, at, f"第 {at} 行不是 UTF-8 编码，请将文件另存为 UTF-8", "L06")
        return None
    if data.startswith(b"\xef\xbb\xbf") or b"\0" in data:
        _report(
            files, path, 1, "文件带有字节顺序标记（BOM）或空字符，请另存为不带 BOM 的 UTF-8", "L06"
        )
        return None
    return data


def _collect(files: LedgerFiles, path: Path, seen: Scan) -> None:
    for problem in seen.problems:
        _report(files, path, problem.line, problem.text, problem.rule)
    for directive in seen.directives:
        if any("\\" in value for value in directive.values[:1]):
            text = f"第 {directive.line} 行 {directive.kind} 的名称中有反斜杠，请改正"
            _report(files, path, directive.line, text)
        if directive.kind in _STATEFUL:
            text = f"第 {directive.line} 行使用了 {directive.kind}，会暗中改变后面的凭证；请把标签和元数据写在各凭证上"
            _report(files, path, directive.line, text)
        elif directive.kind not in _TOP_ONLY:
            continue
        elif directive.kind == "option" and directive.values[:1] == ("include",):
            text = f"第 {directive.line} 行用 option 包含文件；请改用 include 指令"
            _report(files, path, directive.line, text)
        elif path == files.top:
            (files.plugins if directive.kind == "plugin" else files.options).append(
                directive.values
            )
        else:
            word = _TOP_ONLY[directive.kind]
            name = directive.values[0] if directive.values else ""
            text = f"第 {directive.line} 行的{word} {name} 写在被包含的文件里，不会起作用；请移到 {files.top.name}"
            _report(files, path, directive.line, text, "L02")


def _included(files: LedgerFiles, path: Path, seen: Scan) -> Iterator[tuple[Path, int]]:
    root = files.top.parent.resolve()
    for directive in seen.directives:
        if directive.kind != "include" or not directive.values:
            continue
        target = _target(files, path, directive)
        if target is None:
            continue
        if not target.resolve().is_relative_to(root):
            text = f"第 {directive.line} 行包含了账套目录之外的文件 {directive.values[0]}，请移入账套目录"
            _report(files, path, directive.line, text)
            continue
        yield target, directive.line


def _target(files: LedgerFiles, path: Path, directive: Directive) -> Path | None:
    name = directive.values[0]
    why = ""
    if _WILD & set(name):
        why = f"用通配符包含文件（{name}），漏掉文件时不会报错；请逐个写出文件名"
    elif Path(name).suffix in _ENCRYPTED:
        why = f"包含了加密文件 {name}，其中的内容无法检查；请解密后包含"
    if why:
        _report(files, path, directive.line, f"第 {directive.line} 行{why}")
        return None
    # beancount takes “..” off the text of a path, whatever links there are.
    return Path(os.path.normpath(path.parent / name))


def _report(files: LedgerFiles, path: Path, line: int, text: str, rule: str = "L04") -> None:
    files.findings.append(_finding(path, line, text, rule, Severity.STOP))


def _finding(path: Path, line: int, text: str, rule: str, severity: Severity) -> Finding:
    return Finding(
        {"filename": str(path), "lineno": line}, f"[{rule}] {text}", None, rule, severity
    )

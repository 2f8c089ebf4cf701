"""Looks at ledger text before the parser does: what crashes it, and what it would let through.

Any division by zero kills beancount's C parser (TRAPS part 2), so no arithmetic may reach it;
its lexer is safe. Lexing a whole ledger costs a third of parsing it, so only lines that could be
at fault are lexed, found by searches that run at the speed of memory, and only where the text
is plain enough for a line to be judged by itself. Any doubt lexes the whole file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from beancount.parser import lexer

from yusuan.ledger.money import MAX_DIGITS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

#: One token: its kind, the line it ends on (from 1), its text.
Token = tuple[str, int, bytes]

_ARITHMETIC = {"SLASH", "PLUS", "LPAREN", "RPAREN"}
_COSTS = {"LCURL", "RCURL", "LCURLCURL", "RCURLCURL", "AT", "ATAT"}
_DIRECTIVES = {"OPTION", "PLUGIN", "INCLUDE", "PUSHTAG", "POPTAG", "PUSHMETA", "POPMETA"}
_LAYOUT = {"EOL", "INDENT"}
_WORDS = tuple(kind.lower().encode() for kind in sorted(_DIRECTIVES))
_TOO_FINE = re.compile(rb"\.[0-9]{3}")

_MARKS = tuple(b"/()+~{}@"[at : at + 1] for at in range(8))
_MARK = re.compile(rb"[/()+~{}@]")
_COMMENT_MARKS = b"*:#!&?%"
_COMMENT_LIKE = re.compile(rb"\n[*:#!&?%]")
_STAR = re.compile(rb"\*(?! \")")
_TWO_SIGNS = re.compile(rb"-[ \t]*-")
# A number, “-”, a number; but not a date at the head of a line, nor an id (^zf-2020-0031).
_MINUS = re.compile(
    rb"-(?=[0-9 \t])(?<=[0-9.]-)(?!(?<=\n\d{4}-)\d\d?[-/]\d)(?<!\n\d{4}-\d\d-)"
    rb'(?<![\^"][a-z]{2}-\d{4}-)(?<![\^"][a-z]{3}-\d{4}-)[ \t]*\d'
)
# The same with blanks before “-”, but not where one, two or three blanks follow what is no number.
_BLANK_MINUS = re.compile(
    rb"-(?<=[ \t]-)(?<![^0-9. \t][ \t]-)(?<![^0-9. \t][ \t]{2}-)(?<![^0-9. \t][ \t]{3}-)[ \t]*\d"
)
_ALWAYS = (_COMMENT_LIKE, _STAR, _TWO_SIGNS, _MINUS, _BLANK_MINUS, _TOO_FINE)
_LONG = re.compile(rb"[0-9,]{%d}" % (MAX_DIGITS - 1))
_ZERO, _SPACE, _NEWLINE = b"0 \n"
_DIGITS_AS_ZEROS = bytes(_ZERO if byte in b"0123456789," else _SPACE for byte in range(256))
_QUOTE_IN_COMMENT = re.compile(rb';[^\n]*"')
# Every text begins after a blank. Elsewhere a quote may be part of what the lexer cannot read,
# begin no text, and so turn inside out all that follows.
_PLAIN_TEXTS = re.compile(rb'(?:[^"]*+(?<=[ \t\n])"[^"]*+")*+[^"]*+')

#: More doubtful lines than this and lexing the whole file is cheaper than line by line.
MAX_LINES_LEXED_SINGLY = 20_000


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a line; `rule` as in the catalogue."""

    rule: str
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Directive:
    """An option, plugin or include, with its texts as they stand between the quotes, and its line."""

    kind: str
    line: int
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scan:
    """What the guard saw in one file."""

    problems: tuple[Problem, ...]
    directives: tuple[Directive, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """A line as the parser has it (a text may run over several), and the mark that hides it."""

    number: int
    tokens: list[Token]
    mark: str = ""


def scan(data: bytes) -> Scan:
    """Look through one file's text; never raises on any bytes."""
    lines = _doubtful_lines(data)
    return _judged(_whole(data) if lines is None else _singly(lines))


def _judged(lines: Iterable[_Line]) -> Scan:
    problems: list[Problem] = []
    directives: list[Directive] = []
    for line in lines:
        problems.extend(Problem("L03", line.number, text) for text in _wrong(line))
        directives.extend(_directives(line))
    return Scan(tuple(sorted(problems, key=lambda p: (p.line, p.text))), tuple(directives))


def _directives(line: _Line) -> Iterator[Directive]:
    """Find them anywhere in a line: the parser obeys an `include` even where it reports an error."""
    for at, (kind, _, _) in enumerate(line.tokens):
        if kind in _DIRECTIVES:
            texts = (token[2] for token in line.tokens[at + 1 :] if token[0] == "STRING")
            values = tuple(text[1:-1].decode("utf-8", "replace") for text in texts)
            yield Directive(kind.lower(), line.number, values)


def _wrong(line: _Line) -> Iterator[str]:
    if line.mark:
        yield f"第 {line.number} 行以“{line.mark}”开头，会被当作注释而不起作用；请删去或改以“;”开头"
    where = f"第 {line.number} 行"
    kinds = [kind for kind, _, _ in line.tokens]
    if _calculates(kinds):
        yield f"{where}有算式；账本中只能写算好的金额"
    if _COSTS & set(kinds):
        yield f"{where}有成本或价格（{{}}、@）；预算账没有这些，请只写金额和货币"
    if "TILDE" in kinds:
        yield f"{where}的余额断言有容差（~）；预算账分毫不差，请删去容差"
    # Other numbers (of metadata, of custom directives) are no money.
    money = "ACCOUNT" in kinds or "CURRENCY" in kinds
    for kind, _, text in line.tokens:
        if money and kind == "NUMBER" and _is_odd(text):
            what = f"至多 {MAX_DIGITS} 位数字、两位小数"
            yield f"{where}的 {text.decode()} 不能作金额：{what}；请改正"


def _calculates(kinds: list[str]) -> bool:
    if _ARITHMETIC & set(kinds) or ("MINUS", "MINUS") in pairwise(kinds):
        return True
    return any(
        before == "NUMBER" and sign in {"MINUS", "ASTERISK"} and after in {"NUMBER", "MINUS"}
        for before, sign, after in zip(kinds, kinds[1:], kinds[2:], strict=False)
    )


def _is_odd(text: bytes) -> bool:
    digits = text.replace(b",", b"").replace(b".", b"")
    return len(digits) > MAX_DIGITS or _TOO_FINE.search(text) is not None


def _whole(data: bytes) -> Iterator[_Line]:
    """Lex everything; report the lines that are taken for comments and stand in no text."""
    inside: set[int] = set()
    tokens: list[Token] = []
    for kind, last, text, _ in lexer.lex_iter_string(data):
        if kind == "EOL":
            yield from _logical(tokens)
            tokens = []
        elif kind not in _LAYOUT:
            tokens.append((kind, last, text))
            if kind == "STRING":
                inside.update(range(last - text.count(b"\n") + 1, last + 1))
    yield from _logical(tokens)
    for number, text in enumerate(data.split(b"\n"), start=1):
        if text and text[0] in _COMMENT_MARKS and number not in inside:
            yield _Line(number, [], chr(text[0]))


def _logical(tokens: list[Token]) -> Iterator[_Line]:
    if tokens:
        _, last, text = tokens[0]
        yield _Line(last - text.count(b"\n"), tokens)


def _singly(lines: Iterable[tuple[int, bytes]]) -> Iterator[_Line]:
    """Lex single lines, none of which is inside a text that began on another."""
    for number, text in lines:
        if text[:1] and text[0] in _COMMENT_MARKS:
            yield _Line(number, [], chr(text[0]))
        tokens = [t[:3] for t in lexer.lex_iter_string(text) if t[0] not in _LAYOUT]
        if tokens:
            yield _Line(number, tokens)


def _doubtful_lines(data: bytes) -> list[tuple[int, bytes]] | None:
    """Find the lines to lex; None where quotes could run over lines, so that no line stands alone."""
    if b"\0" in data or _QUOTE_IN_COMMENT.search(data):
        return None
    # Of the same length, so that places stay: escaped quotes end no text, and CR is a blank.
    plain = data.replace(b"\\\\", b"__").replace(b'\\"', b"__").replace(b"\r", b" ")
    text = b"\n" + plain
    if not _PLAIN_TEXTS.fullmatch(text):
        return None
    starts: set[int] = set()
    for pattern in _patterns(data):
        for match in pattern.finditer(text):
            at = match.start()
            starts.add(at if text[at] == _NEWLINE else text.rfind(b"\n", 0, at))
            if len(starts) > MAX_LINES_LEXED_SINGLY:
                return None
    found: list[tuple[int, bytes]] = []
    quotes = number = before = 0
    for start in sorted(starts):
        quotes += text.count(b'"', before, start)
        number += text.count(b"\n", before, start)
        before = start
        end = text.find(b"\n", start + 1)
        end = end if end >= 0 else len(text)
        if quotes % 2 or text.count(b'"', start, end) % 2:
            return None
        found.append((number + 1, data[start : end - 1]))
    return found


def _patterns(data: bytes) -> Iterator[re.Pattern[bytes]]:
    """Give the searches that can find anything; a search for one byte or word is far the quickest."""
    yield from _ALWAYS
    if any(mark in data for mark in _MARKS):
        yield _MARK
    words = [word for word in _WORDS if word in data]
    if words:
        yield re.compile(b"|".join(words))
    if b"0" * (MAX_DIGITS - 1) in data.translate(_DIGITS_AS_ZEROS):
        yield _LONG

"""What single texts of budget tables are: names, ordinals, numbers, blanks, titles."""

from __future__ import annotations

import re
from typing import Final

#: No title and no name of a subject is longer; running text mostly is.
_LONGEST_NAME: Final = 40

#: A title may begin with the whole name of the unit.
_LONGEST_TITLE: Final = 64

_SPACE = re.compile(r"\s+")
_ORDINAL = re.compile(
    r"^(?:[一二三四五六七八九十]+、|[(（](?:[一二三四五六七八九十]+|\d{1,2})[)）]|\d{1,2}[.．、]\s*)"
)
_LONE_ORDINAL = re.compile(r"(?:[一二三四五六七八九十]+|\d{1,2})[、.．]?")
_NUMBER = re.compile(r"[-−－—–+(（△▲]?[¥￥]?[\d０-９][\d０-９,，]*(?:[.．][\d０-９]+)?[)）]?")
_BLANK = re.compile(r"[-—–－/／]*|无|[…⋯]+|[.。．]{2,}")


def squeeze(text: str) -> str:
    """Take all white space out: 合 计 and 合计 are one word."""
    return _SPACE.sub("", text)


def plain_name(text: str) -> str:
    """Take the ordinal off a name: 一、财政拨款收入 and 财政拨款收入 are one item."""
    name = squeeze(text)
    name = name.removeprefix("其中：").removeprefix("其中:")
    return _ORDINAL.sub("", name)


def ordinal(text: str) -> str:
    """Give the ordinal that a name begins with, or an empty text."""
    found = _ORDINAL.match(squeeze(text))
    return found[0] if found else ""


def is_ordinal(text: str) -> bool:
    """Say whether a cell holds an ordinal alone, as in a column of 一、二、三、."""
    return bool(_LONE_ORDINAL.fullmatch(squeeze(text)))


def is_number(text: str) -> bool:
    """Say whether a cell looks like a number, well formed or not."""
    return bool(_NUMBER.fullmatch(squeeze(text)))


def is_blank(text: str) -> bool:
    """Say whether a cell is blank: empty, a dash printed for nothing, or the dots of a template."""
    return bool(_BLANK.fullmatch(squeeze(text)))


def is_total(text: str) -> bool:
    """Say whether a row name is that of the last row."""
    return bool(
        re.fullmatch(
            r"(?:合计|总计|本年|部门|单位)?(?:收入|支出)?(?:合计|总计)[:：]?", squeeze(text)
        )
    )


def is_unit(code: str, name: str) -> bool:
    """Say whether a row is that of a unit, which some tables print among the subjects."""
    return not _SUBJECT_CODE.fullmatch(code) and bool(_UNIT.search(name))


def is_named_unit(name: str) -> bool:
    """Say whether a name is that of a unit."""
    return bool(_UNIT.search(name))


def is_subject_code(code: str) -> bool:
    """Say whether a code is that of a subject of expenditure."""
    return code.startswith(("2", "3", "5")) and bool(_SUBJECT_CODE.fullmatch(code))


def is_sentence(text: str) -> bool:
    """Say whether a text is prose rather than the name of something."""
    return len(text) > _LONGEST_NAME or bool(re.search(r"[。；，]|[:：]\S{15}", text))


_UNIT = re.compile(
    r"(?:局|委|委员会|办|办公室|办事处|厅|部|院|校|大学|学院|中学|小学|幼儿园|所|中心|站|队|馆|会|镇|乡|政府"
    r"|本级|机关|单位)(?:[(（].*[)）])?$"
)
#: Codes of subjects: functional 2…, economic 3… and 5…
_SUBJECT_CODE = re.compile(r"[1235]\d{2}(?:\d{2}){0,2}")

_FORM = re.compile(r"项目.*绩效目标.*表|绩效目标(?:申报|填报)?表")
_TABLE_NUMBER = re.compile(
    r"(?:(?:部门|单位|预算|决算|财决|预财|批复)*公开|财决|附|预算|决算|批复)?表?\d{1,2}(?:-\d{1,2})?表?"
)
_ANY_TABLE = re.compile(r"[^。；，：:]{2,40}表(?:[(（].{1,20}[)）])?")
_CONTENTS = re.compile(r"[.…·]{3,}\s*\d*$")


def may_be_title(title: str) -> bool:
    """Say whether a text can be the title of a table: short, no sentence, no line of contents."""
    return (
        len(title) <= _LONGEST_TITLE
        and not is_sentence(title[-_LONGEST_NAME:])
        and not _CONTENTS.search(title)
        and not is_table_number(title)
        and bool(_ANY_TABLE.search(title))
    )


def is_table_number(text: str) -> bool:
    """Say whether a text is the number of a form, 公开01表 or 附表2, printed beside a title."""
    return bool(_TABLE_NUMBER.fullmatch(squeeze(text)))


def is_form_title(text: str) -> bool:
    """Say whether a title is that of a project's performance form."""
    title = squeeze(text)
    return (
        not is_sentence(title)
        and bool(_FORM.search(title))
        and "整体" not in title
        and title.endswith(("表", "）", ")"))
    )


def is_table_title(text: str) -> bool:
    """Say whether a short text is the title of some table, of whatever kind."""
    known = _ANY_TABLE.fullmatch(squeeze(text)) and not is_table_number(text)
    return bool(known) and not _CONTENTS.search(text)


_CODE_HEADER = re.compile(r".*(?:编码|代码|编号)|类款项?")
_NAME_HEADER = re.compile(r".*(?:名称|科目)|项目")


def is_code_header(text: str) -> bool:
    """Say whether a header is that of a column of codes."""
    return bool(_CODE_HEADER.fullmatch(text))


def is_name_header(text: str) -> bool:
    """Say whether a header is that of a column of names."""
    return bool(_NAME_HEADER.fullmatch(text))

"""Persons at the door: whether a name is a person's is judged before anything is kept or said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

#: What stands in the place of a person's name, and of a number that is a person's.
PERSON = "个人"
LEFT_OUT = "（略）"
#: Most people's surnames; a heuristic of this project, on the side of dropping.
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
_TWO = "欧阳|司马|上官|诸葛|夏侯|皇甫|尉迟|公孙|慕容|令狐"
_NAME = re.compile(rf"(?:[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}|(?:{_TWO})[\u4e00-\u9fff]{{1,2}})")
_MINORITY = re.compile(r"[\u4e00-\u9fff]{1,8}[·•][\u4e00-\u9fff]{1,8}")
#: Organisations end so, whatever they begin with.
_ORGANISED = "司厂店局部院所站处社行会校馆队委办团园库台户心组县市区镇乡村房城"
#: Several names in one cell, and what may stand behind them: 张三、李四等5人（差旅）.
_BETWEEN = re.compile(r"[、,，;；/]")
_BEHIND = re.compile(
    r"[(（](?:本人|个人|代[领收]?|工资|差旅费?|报销|[0-9*]+)[)）]$|等[0-9一二三四五六七八九十]*[人名位]?$"
)
#: Identity numbers (with the day of birth in them), mobile phones, bank cards.
_NUMBER = re.compile(
    r"(?<![0-9])(?:[1-9][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:[0-2][0-9]|3[01])[0-9]{3}[0-9Xx]"
    r"|1[3-9][0-9]{9}|62[0-9]{14,17})(?![0-9])"
)
#: A payee's number where the name should stand.
_ACCOUNT = re.compile(r"[0-9 -]{9,}")


def is_person(name: str) -> bool:
    """Tell whether a payee is a person, or several, by the shape of the name."""
    bare = _BEHIND.sub("", "".join(name.split()))
    parts = [part for part in _BETWEEN.split(bare) if part]
    return bool(parts) and all(map(_one, parts))


def is_account(text: str) -> bool:
    """Tell a number from a name."""
    return bool(_ACCOUNT.fullmatch(text))


def without_persons(text: str, names: Iterable[str]) -> str:
    """Take names out of a text, and the numbers that are persons'."""
    for name in sorted({name for name in names if len(name) > 1}, key=len, reverse=True):
        text = text.replace(name, PERSON)
    return _NUMBER.sub(LEFT_OUT, text)


def unsaid(message: str, text: str) -> str:
    """Take what a cell says out of a message about it where that is a person's name or number."""
    bare = "".join(text.split())
    if bare and (is_person(bare) or _NUMBER.search(bare)):
        return message.replace(text, LEFT_OUT).replace(bare, LEFT_OUT)
    return message


def _one(name: str) -> bool:
    if _MINORITY.fullmatch(name):
        return True
    return bool(_NAME.fullmatch(name)) and name[-1] not in _ORGANISED

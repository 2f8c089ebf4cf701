"""Persons at the door: whether a name is a person's is judged before anything is kept."""

from __future__ import annotations

import re

#: What stands in the place of a person's name.
PERSON = "个人"
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


def is_person(name: str) -> bool:
    """Tell whether a payee is a person, by the shape of the name."""
    bare = "".join(name.split())
    if _MINORITY.fullmatch(bare):
        return True
    return bool(_NAME.fullmatch(bare)) and bare[-1] not in _ORGANISED

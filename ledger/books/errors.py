"""beancount's own errors as findings, in Chinese where they are the everyday ones."""

from __future__ import annotations

import errno
import re
from typing import TYPE_CHECKING
from typing import Any

from yusuan.ledger.finding import Finding

if TYPE_CHECKING:
    from pathlib import Path

RULE = "L09"

_KNOWN: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.DOTALL), text)
    for pattern, text in (
        (r"Transaction does not balance: \((.*)\)", r"凭证借贷不平，相差 \1；请改正金额"),
        (r"Invalid reference to unknown account '(.*)'", r"科目 \1 没有开立；请先在科目表中 open"),
        (r"Invalid reference to inactive account '(.*)'", r"科目 \1 在该日期尚未开立或已关闭"),
        (r"Invalid currency (\S+) for account '(.*)'", r"科目 \2 不能记 \1，一个科目只记一种账"),
        (r"Balance failed for '(.*)': expected (.*) != accumulated (.*) \((\S+) too little\)",
         r"科目 \1 的余额断言不符：应为 \2，账上为 \3，少 \4"),
        (r"Balance failed for '(.*)': expected (.*) != accumulated (.*) \((\S+) too much\)",
         r"科目 \1 的余额断言不符：应为 \2，账上为 \3，多 \4"),
        (r"Duplicate open directive for (.*)", r"科目 \1 重复开立；请删去一个 open"),
        (r"syntax error, unexpected (.*)", r"语法错误：不应出现 \1；请检查该行的格式、引号和缩进"),
        (r"Invalid token: '(.*)'", r"不认识的字符 \1；请检查该行"),
        (r"Invalid account name: (.*)", r"科目名不合规：\1；每级须以数字或大写字母开头"),
        (r'File "(.*)" does not exist', r"文件 \1 不存在"),
        (r'Duplicate filename parsed: "(.*)"', r"文件 \1 被包含了两次；请删去一个 include"),
        (r'Error importing "(.*?)": .*', r"插件 \1 不能载入，它的规则没有运行；请检查名称和安装"),
        (r'Error applying plugin "(.*?)": .*?(\w+(?:Error|Exception)[^\n]*)\s*$',
         r"插件 \1 运行出错，它的规则没有生效：\2"),
        (r"Duplicate metadata field on entry: KeyValue\(key='(.*?)',.*",
         r"元数据 \1 写了两次，只有一个会起作用；请删去一个"),
        (r"ValueError: Invalid number format: '(.*)'", r"金额 \1 的千分位不对；请每三位一个逗号，或不写逗号"),
        (r"ValueError: (?:day|month) .*|ValueError: .*out of range.*", r"没有这一天；请改正日期"),
        (r"Too many missing numbers for currency group '(.*)'", r"凭证缺少多个金额；请写全每一行的金额"),
        (r"Unused Pad entry", r"补齐指令 pad 没有用处；请删去"),
    )
)  # fmt: skip

_REASONS = {
    errno.EACCES: "没有权限",
    errno.EDQUOT: "超出磁盘配额",
    errno.EEXIST: "已经存在",
    errno.EIO: "磁盘读写出错",
    errno.EISDIR: "是目录，不是文件",
    errno.ELOOP: "符号链接成环",
    errno.ENAMETOOLONG: "文件名太长",
    errno.ENOENT: "不存在",
    errno.ENOSPC: "磁盘空间不足",
    errno.ENOTDIR: "路径中有一级不是目录",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
}


def reason(error: OSError) -> str:
    """Say in Chinese why the system refused; in its own words where they are rare ones."""
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)


def translated(error: Any, main: Path) -> Finding:  # noqa: ANN401 -- beancount's errors share no type
    """Make a finding of an error that loading gave; one of our own stays as it is."""
    if isinstance(error, Finding):
        return error
    source = dict(error.source or {})
    if not str(source.get("filename", "<")).startswith("<"):
        return Finding(source, f"[{RULE}] {_message(error.message)}", error.entry, RULE)
    return Finding(
        {"filename": str(main), "lineno": 0},
        f"[{RULE}] {_message(error.message)}",
        error.entry,
        RULE,
    )


def _message(text: str) -> str:
    for pattern, chinese in _KNOWN:
        match = pattern.fullmatch(text.strip())
        if match:
            return match.expand(chinese)
    return f"beancount 报告：{text.strip()}"

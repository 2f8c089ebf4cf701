"""`yusuan rules`: the rule catalogue, with basis and what to do."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import click

from yusuan.ledger.cli.chinese import Command
from yusuan.ledger.cli.outcome import echo_json
from yusuan.ledger.cli.reporting import JSON
from yusuan.ledger.finding import SEVERITY_WORDS
from yusuan.ledger.rules.catalogue import Rule
from yusuan.ledger.rules.catalogue import catalogue
from yusuan.ledger.rules.ruling import CONFIGURABLE
from yusuan.ledger.tables.identities import CATALOGUE
from yusuan.ledger.tables.layout import grid

_EXCEPTION = "可由登记的例外授权放行（yusuan authorise），限额、期限之内改为警告"
_REMEDY_OF_IDENTITY = "核对原文件中所列的单元格；确为原文件差错的，向编制单位查询"


@click.command("rules", cls=Command, help="规则目录：依据、范围和处理办法。")
@click.argument("rule", metavar="[编号]", required=False)
@JSON
def rules_command(rule: str | None, *, as_json: bool) -> None:
    """Print the whole catalogue as a list, or one rule in full."""
    found = [each for each in _everything() if rule is None or each.id == rule.upper()]
    if not found:
        raise click.BadParameter(f"没有规则 {rule}；yusuan rules 列出全部规则")
    if as_json:
        echo_json({"schema": "yusuan.rules/1", "rules": [_shape(each) for each in found]})
    elif rule is None:
        rows = [[each.id, SEVERITY_WORDS[each.severity], each.title] for each in found]
        click.echo(grid(["编号", "级别", "规则"], rows, texts=3))
    else:
        click.echo(_in_full(found[0]))


def _everything() -> list[Rule]:
    """Give the rules of the books, then the identities of documents."""
    identities = (
        Rule(each.id, each.title, each.severity, each.basis, each.scope, _REMEDY_OF_IDENTITY)
        for each in CATALOGUE
    )
    return [*catalogue(), *identities]


def _shape(rule: Rule) -> dict[str, Any]:
    return {**asdict(rule), "severity": rule.severity.value}


def _in_full(rule: Rule) -> str:
    said = "；".join(f"{key} = {_toml(value)}" for key, value in rule.parameters.items())
    return (
        f"{rule.id}　{rule.title}（{SEVERITY_WORDS[rule.severity]}）\n"
        f"依据：{rule.basis}\n"
        f"范围：{rule.scope}\n"
        f"处理：{rule.remedy}"
        + (f"\n例外：{_EXCEPTION}" if rule.id.startswith(CONFIGURABLE) else "")
        + (f"\n参数：{said}（在 yusuan.toml 的 [rules.{rule.id}] 中设置）" if said else "")
    )


def _toml(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)

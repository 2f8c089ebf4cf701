"""`yusuan read`: what a document says, with the place of every finding."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from yusuan.importers.allotments import is_list
from yusuan.importers.allotments import load_words
from yusuan.importers.budget import recognise
from yusuan.importers.budget.vocabulary import VocabularyError
from yusuan.importers.budget.vocabulary import load as load_vocabulary
from yusuan.importers.execution import kind_of
from yusuan.importers.execution import load_vocabulary as load_headings
from yusuan.ledger.cli.chinese import Command
from yusuan.ledger.cli.findings import print_findings
from yusuan.ledger.cli.outcome import echo_json
from yusuan.ledger.cli.outcome import status
from yusuan.ledger.cli.progress import reading
from yusuan.ledger.tables import json
from yusuan.ledger.tables.control import control_text
from yusuan.ledger.tables.document_text import table_text
from yusuan.ledger.tables.identities import verify
from yusuan.ledger.tables.ids import as_printed
from yusuan.ledger.tables.layout import grid
from yusuan.ledger.tables.layout import money

if TYPE_CHECKING:
    from yusuan.ledger.tables.identities import Verification
    from yusuan.ledger.tables.model import Document


def load(file: str, extra: str | None = None, *, quiet: bool = False) -> Document:
    """Read and recognise one document; raises ReadError, which exits with status 2.

    `extra` is a file with more words for titles and columns; `quiet` is for output that machines
    read.
    """
    if Path(file).is_dir():
        text = f"{file} 是目录，这里要的是预算文件；检查账套请用 yusuan check {file}"
        raise click.UsageError(text)
    try:
        vocabulary = load_vocabulary(Path(extra) if extra else None)
    except VocabularyError as error:
        raise click.UsageError(str(error)) from error
    grid = reading(Path(file), quiet=quiet)
    if is_list(grid, load_words()):
        text = f"{file} 是指标表，不是公开的预算；请用 yusuan import 导入（--dry-run 只看控制数）"
        raise click.UsageError(text)
    signs = kind_of(grid, load_headings())
    if signs:
        text = f"{file} 是{signs.name}，不是公开的预算；请用 yusuan import 导入，对账单用 yusuan reconcile"
        raise click.UsageError(text)
    return recognise(grid, vocabulary)


@click.command(
    "read",
    cls=Command,
    help="读取公开的部门预算：各表、项目和编制说明中的数字，附勾稽结果。\n\n"
    "可读 docx、doc、wps、xlsx、xls、et、pdf、html、csv 和 txt。",
)
@click.argument("file", metavar="文件")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")
@click.option("--words", "extra", metavar="文件", help="补充表名、列名的词语（TOML）")
def read_command(file: str, *, as_json: bool, extra: str | None) -> int:
    """Print the document; exit 1 where a finding stops."""
    document = load(file, extra, quiet=as_json)
    verification = verify(document)
    document = as_printed(document)
    findings = [*document.findings, *verification.findings()]
    if as_json:
        shape = json.document(document)
        shape["findings"] = [json.finding(each) for each in findings]
        shape["identities"] = counts(verification)
        shape["control"] = [json.control(each) for each in document.tables]
        echo_json(shape)
    else:
        _show(document)
        click.echo(summary(verification))
        print_findings(findings)
    return status(findings)


def counts(verification: Verification) -> dict[str, json.Json]:
    """Give how many identities were checked, passed and failed, and which had no inputs."""
    checked, failed = len(verification.checks), len(verification.failed)
    absent: list[json.Json] = list(verification.not_applicable)
    return {
        "checked": checked,
        "passed": checked - failed,
        "failed": failed,
        "not_applicable": absent,
    }


def summary(verification: Verification) -> str:
    """Say the counts in one Chinese line."""
    checked, failed = len(verification.checks), len(verification.failed)
    absent = "、".join(verification.not_applicable)
    rest = f"；缺少数据而不适用：{absent}" if absent else ""
    return f"勾稽关系：核对 {checked} 项，相符 {checked - failed} 项，不符 {failed} 项{rest}。"


def _show(document: Document) -> None:
    kind = "部门决算" if document.kind == "final" else "部门预算"
    click.echo(f"{document.unit} {document.year or '年份不明'}年{kind}（{document.source}）\n")
    for table in document.tables:
        click.echo(f"{table_text(table)}\n{control_text(table)}\n")
    if document.projects:
        rows = [
            [
                project.name,
                "、".join(component.name for component in project.components),
                str(len(project.indicators)),
                *(
                    money(cell.amount if cell else None)
                    for cell in (project.total, project.prior_budget, project.prior_spent)
                ),
            ]
            for project in document.projects
        ]
        head = ["项目", "组成", "指标数", "总预算", "上年预算", "上年执行"]
        click.echo("项目支出绩效目标申报表（单位：元）")
        click.echo(grid(head, rows, texts=2) + "\n")
    if document.figures:
        click.echo(f"编制说明中识别出 {len(document.figures)} 个数字。")

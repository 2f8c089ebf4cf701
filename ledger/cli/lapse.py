"""`yusuan lapse`: 收回, authority taken back unspent."""

from __future__ import annotations

from yusuan.ledger.cli.options import DOC
from yusuan.ledger.cli.sharing import FROM
from yusuan.ledger.cli.stepping import step_command
from yusuan.ledger.events.standing import Step

lapse_command = step_command(
    Step.LAPSE,
    "收回",
    "sh",
    says="财政收回未使用的可用额度。",
    flag=FROM,
    doc_option=DOC,
)

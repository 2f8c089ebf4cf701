"""`yusuan unfreeze`: 解冻, frozen authority made available again."""

from __future__ import annotations

from yusuan.ledger.cli.options import DOC_IF_ANY
from yusuan.ledger.cli.sharing import TO
from yusuan.ledger.cli.stepping import step_command
from yusuan.ledger.events.standing import Step

unfreeze_command = step_command(
    Step.UNFREEZE,
    "解冻",
    "jd",
    says="把冻结的额度恢复为可用。",
    flag=TO,
    doc_option=DOC_IF_ANY,
)

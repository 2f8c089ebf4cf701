"""`yusuan freeze`: 冻结, authority held back: a proposed reduction, say."""

from __future__ import annotations

from yusuan.ledger.cli.options import DOC_IF_ANY
from yusuan.ledger.cli.sharing import FROM
from yusuan.ledger.cli.stepping import step_command
from yusuan.ledger.events.standing import Step

freeze_command = step_command(
    Step.FREEZE,
    "冻结",
    "dj",
    says="把一部分可用额度暂时冻结（例如拟追减的额度）。",
    flag=FROM,
    doc_option=DOC_IF_ANY,
)

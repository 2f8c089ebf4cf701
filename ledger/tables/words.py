"""What people call kinds of events and states of authority."""

from __future__ import annotations

from typing import Final

from yusuan.ledger.budget.movement import Kind
from yusuan.ledger.budget.movement import State

KIND_WORDS: Final = {
    Kind.APPROPRIATION: "批复",
    Kind.ADVANCE: "提前下达",
    Kind.ASSIGNMENT: "分解",
    Kind.SUPPLEMENT: "追加",
    Kind.REDUCTION: "追减",
    Kind.TRANSFER: "调剂",
    Kind.FREEZE: "冻结",
    Kind.UNFREEZE: "解冻",
    Kind.COMMITMENT: "占用",
    Kind.RELEASE: "释放",
    Kind.PAYMENT: "支付",
    Kind.REFUND: "退回",
    Kind.REVERSAL: "红冲",
    Kind.CORRECTION: "更正",
    Kind.RECEIPT: "到账",
    Kind.CARRY: "结转",
    Kind.LAPSE: "收回",
    Kind.CLOSING: "结账",
    Kind.OPENING: "期初",
    Kind.OTHER: "其他",
}

STATE_WORDS: Final = {
    State.AVAILABLE: "可用",
    State.FROZEN: "冻结",
    State.COMMITTED: "占用",
    State.SPENT: "已执行",
    State.CARRIED: "结转",
    State.LAPSED: "收回",
}

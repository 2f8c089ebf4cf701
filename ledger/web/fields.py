"""The fields of a form as a page sends them: texts in, typed values out, one sentence for what is wrong."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from yusuan.ledger import money
from yusuan.ledger.desk.share import Share
from yusuan.ledger.events.refused import RefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

#: What a person writes into one field of a voucher, at most.
LONGEST = 500


class FieldError(RefusedError):
    """A field that is empty or cannot be what it should be; `field` is its name on the page."""

    def __init__(self, field: str, sentence: str) -> None:
        """Say what to do about it."""
        super().__init__(sentence)
        self.field = field


class Fields:
    """What was filled in, by the names of the fields."""

    def __init__(self, given: Mapping[str, object]) -> None:
        """Take what a page sent."""
        self.given = given

    def text(self, name: str) -> str:
        """Give a text, without blanks around it; nothing where nothing was written. Raises FieldError."""
        value = self.given.get(name, "")
        if not isinstance(value, str) or len(value) > LONGEST:
            raise FieldError(name, f"文字太长（最多 {LONGEST} 个字），请缩短")
        return value.strip()

    def needed(self, name: str, called: str) -> str:
        """Give a text that must be there. Raises FieldError."""
        value = self.text(name)
        if not value:
            raise FieldError(name, f"请填写{called}")
        return value

    def day(self, name: str = "date") -> date:
        """Give a day. Raises FieldError."""
        value = self.needed(name, "日期")
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise FieldError(name, f"“{value}”不是日期，应写作 2020-03-16") from None

    def amount(self, name: str = "amount") -> Decimal:
        """Give an amount above zero in 元; separators between thousands are allowed. Raises FieldError."""
        value = self.needed(name, "金额")
        try:
            amount = money.yuan(value)
        except money.MoneyError as error:
            raise FieldError(name, str(error)) from None
        if amount <= 0:
            raise FieldError(name, f"金额应大于零，不是 {value}")
        return amount

    def share(self, economic: str = "") -> Share:
        """Give one line's share; `economic` is what the 款 is called where it must be there. Raises FieldError."""
        line = self.needed("line", "指标")
        code = self.needed("economic", economic) if economic else self.text("economic")
        return Share(line, code, self.text("class"), self.amount())

    def shares(self, name: str, called: str) -> tuple[Share, ...]:
        """Give several shares, at least one. Raises FieldError."""
        rows = self.given.get(name)
        if not isinstance(rows, list) or not rows:
            raise FieldError(name, f"请至少填写一条{called}")
        if not all(isinstance(row, dict) for row in rows):
            raise FieldError(name, f"{called}的格式不对，请刷新页面后重试")
        return tuple(Fields(row).share() for row in rows)

"""An authorisation and payments that name it, as ledger text, for tests."""

from __future__ import annotations

#: 100 元 of a project, and an authorisation of 50 元 more from May to June.
GIVEN = """
2020-01-20 * "批复" ^pf-1
  可用 2020X01     100.00
  来源 01 11      -100.00

2020-05-06 custom "authorisation" "R01" "2020X01"
  id: "sq-1"
  office: "财政局"
  doc: "示例函〔2020〕001号"
  reason: "防汛应急"
  cap: 50.00 CNY
  expiry: 2020-06-30
"""
PASSED = "；已由财政局 示例函〔2020〕001号 授权（sq-1，限额 50.00 元，有效至 2020-06-30）"


def paid(
    id_: str,
    day: str,
    amount: str,
    named: str = "sq-1",
    line: str = "2020X01",
    function: str = "2010302",
) -> str:
    """A payment that names an authorisation, or none."""
    said = f'  authorisation: "{named}"\n' if named else ""
    return (
        f'\n{day} * "应急" ^{id_}\n  line: "{line}"\n{said}'
        f"  支出 {function} 30201    {amount}\n  收入 11    -{amount}\n"
    )

"""A table of expenditure as many offices publish it: one set of figures, printed in any way."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.rendered import Rows

#: Code, name, and 合计, 基本支出, 项目支出; None is printed as a blank.
SUBJECTS: tuple[tuple[str, str, tuple[int | None, ...]], ...] = (
    ("201", "一般公共服务支出", (1500, 1000, 500)),
    ("20103", "政府办公厅（室）及相关机构事务", (1500, 1000, 500)),
    ("2010301", "行政运行", (1000, 1000, None)),
    ("2010302", "一般行政管理事务", (500, None, 500)),
    ("208", "社会保障和就业支出", (-12, -12, None)),
    ("20805", "行政事业单位养老支出", (-12, -12, None)),
    ("2080501", "行政单位离退休", (-12, -12, None)),
)
TOTAL = (1488, 988, 500)


@dataclass(frozen=True)
class Office:
    """How one office prints the table; everything else of it stays the same."""

    title: str = "2024年部门支出预算总表"
    number: str = ""
    below: str = ""
    measure: str = "单位：元"
    codes: str = "科目编码"
    parts: bool = False
    names: str = "科目名称"
    columns: tuple[str, ...] = ("合计", "基本支出", "项目支出")
    indent: str = ""
    total: str = "合计"
    total_first: bool = False
    amount: str = "{:,.2f}"
    minus: str = "-{}"
    blank: str = ""
    numbered: bool = False
    units: tuple[str, ...] = ()

    def rows(self) -> Rows:
        """Give the rows of the whole document."""
        above = [self.number, self.title, self.below, "编制部门：示例局", self.measure]
        return [*([text] for text in above if text), *self._header(), *self._body()]

    def _header(self) -> Rows:
        units = ["单位编码", "单位名称"] if self.units else []
        if not self.parts:
            rows = [[*units, self.codes, self.names, *self.columns]]
        else:
            blank = [""] * len(units)
            rows = [
                [*units, self.codes, "", "", self.names, *self.columns],
                [*blank, "类", "款", "项", *[""] * (1 + len(self.columns))],
            ]
        if self.numbered:
            width = len(rows[0]) - len(self.columns)
            rows.append(["栏次", *[""] * (width - 1), "1", "2", "3"])
        return rows

    def _body(self) -> Rows:
        units = self.units or ("",)
        body = [
            [
                *([f"10{at}001", unit] if unit else []),
                *self._labels(code, name),
                *self._amounts(row),
            ]
            for at, unit in enumerate(units, 1)
            for code, name, row in SUBJECTS
        ]
        labels = len(body[0]) - len(self.columns)
        whole = self._amounts(tuple(each * len(units) for each in TOTAL))
        total = [self.total, *[""] * (labels - 1), *whole]
        return [total, *body] if self.total_first else [*body, total]

    def _labels(self, code: str, name: str) -> list[str]:
        name = self.indent * (len(code) // 2 - 1) + name
        return [code[:3], code[3:5], code[5:], name] if self.parts else [code, name]

    def _amounts(self, row: tuple[int | None, ...]) -> list[str]:
        return [self.blank if each is None else self._printed(each) for each in row]

    def _printed(self, amount: int) -> str:
        text = self.amount.format(abs(amount))
        return self.minus.format(text) if amount < 0 else text


#: What must have been read of each subject.
EXPECTED = [
    (code, name, tuple(None if each is None else Decimal(each) for each in row))
    for code, name, row in SUBJECTS
]

TITLES = [
    "部门支出总表",
    "支出总表",
    "部门支出总体情况表",
    "部门预算支出总表",
    "支出预算总表",
    "03部门支出总表",
    "部门支出总表（按功能科目）",
    "表3:部门支出总表",
    "附件2：部门支出预算总表",
    "表三：部门支出总表",
    "3.部门支出总表",
    "三、部门支出总表",
    "示例局2024年部门支出总表",
    "2024年度支出决算表",
    "支出总表（部门汇总）",
]
NUMBERS = [
    "表1",
    "附件2",
    "附件1-3",
    "预算01表",
    "公开01表",
    "附表3",
    "预算公开03表",
    "部门公开表3",
    "表三",
    "财决公开03表",
    "公开表3",
    "样表3",
    "【公开03表】",
    "（公开03表）",
    "部门预算03表",
]
MEASURES = [
    "单位：元",
    "金额单位：元",
    "单位:元",
    "单位：人民币元",
    "（单位：元）",
    "单位：元（人民币）",
    "计量单位：元",
    "货币单位：元",
]
CODES = [
    "科目编码",
    "科目代码",
    "科目编号",
    "编码",
    "代码",
    "功能分类科目编码",
    "支出功能分类科目编码",
    "功能科目编码",
    "支出功能分类编码",
]
NAMES = [
    "功能分类科目名称",
    "支出功能分类科目",
    "项目",
    "项 目",
    "名称",
    "功能分类",
    "科目（单位）名称",
]
COLUMNS = [
    *("总计", "支出合计", "本年支出合计", "2024年预算数", "预算数", "小计", "支出总计", "合  计"),
]
TOTALS = [
    "合计",
    "总计",
    "本年支出合计",
    "支出总计",
    "支出合计",
    "本年合计",
    "部门合计",
    "单位合计",
    "合计：",
]

OFFICES: dict[str, Office] = {
    **{f"title {text}": Office(title=text) for text in TITLES},
    **{f"number {text}": Office(number=text) for text in NUMBERS},
    **{f"measure {text}": Office(measure=text) for text in MEASURES},
    **{f"codes {text}": Office(codes=text) for text in CODES},
    **{f"codes in three columns {text}": Office(codes=text, parts=True) for text in CODES},
    **{f"names {text}": Office(names=text) for text in NAMES},
    **{f"total column {text}": Office(columns=(text, "基本支出", "项目支出")) for text in COLUMNS},
    "其中": Office(columns=("合计", "其中：基本支出", "项目支出")),
    "小计": Office(columns=("合计", "基本支出小计", "项目支出小计")),
    **{f"total row {text}": Office(total=text) for text in [*TOTALS, "合 计", "合　计"]},
    **{f"total row above {text}": Office(total=text, total_first=True) for text in TOTALS},
    **{f"indent {len(text)}": Office(indent=text) for text in ("  ", "　　", "\u00a0")},
    **{f"minus {text}": Office(minus=text) for text in ("({})", "（{}）", "－{}", "−{}")},
    **{f"blank {text}": Office(blank=text) for text in ("-", "—", "--", "——", "－", "/", "无")},
    **{f"amounts {text}": Office(amount=text) for text in ("{:.2f}", "{:,.0f}", "{:.1f}")},
    **{f"below {text}": Office(below=text) for text in ("2024年度", "（2024年）", "2024年度预算")},
    "column numbers": Office(numbered=True),
    "column numbers, codes in three columns": Office(numbered=True, parts=True),
    "one unit": Office(units=("示例局本级",)),
    "one unit, codes in three columns": Office(units=("示例局本级",), parts=True),
}

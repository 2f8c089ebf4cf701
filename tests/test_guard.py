"""The guard: what may not reach beancount's parser, and what the parser would hide."""

from __future__ import annotations

import pytest

from yusuan.ledger.books.guard import scan

CLEAN = """\
; 示例单位 2020-03 执行
2020-03-16 * "物业公司" "3月物业管理费" ^zf-2020-0031
  id: "zf-2020-0031"
  line: "2020J01"
  Expenses:7101-行政支出:201-一般公共服务支出:302-商品和服务支出:30209-物业管理费   41500.00 CNY
  Assets:8001-资金结存:01-零余额账户用款额度   -41500.00 CNY

2020-03-31 balance Assets:8001-资金结存:01-零余额账户用款额度   -1,000.00 CNY
2020/04/01 note Assets:8001-资金结存:01-零余额账户用款额度 "a/b (c) + d * e ~ {f} @ g - 1 -1"
2020-04-02 ! "未复核" "文号 松财预〔2020〕001号" ^a/b #t-2020-1
  * Assets:8001-资金结存   -5.00 CNY
"""

ARITHMETIC = [
    "2020-01-01 price CNY 1/0 USD",
    "2020-01-01 balance Assets:1 0/0 CNY",
    '2020-01-01 custom "x" (2*3)/(1-1)',
    "  Assets:1   1 / 0 CNY",
    "  rate: 1/0",
    '  rate: (1)\n  other: "x"',
    "  Assets:1   1+1 CNY",
    "  Assets:1   +1 CNY",
    "  Assets:1   2*3 CNY",
    "  Assets:1   2 * 3 CNY",
    "  Assets:1   5-3 CNY",
    "  Assets:1   5 - 3 CNY",
    "  Assets:1   5 -3 CNY",
    "  Assets:1   5    -3 CNY",
    "  Assets:1   5\t-3\tCNY",
    "  Assets:1   5-3CNY",
    "  Assets:1   --5 CNY",
    "  Assets:1   - - 5 CNY",
    "  rate: 5-3",
    '2020-01-01 custom "x" 5-3',
    '2020-01-01 custom "x" 5 - 3 "y"',
    '2020-01-01 custom "x\ny" 2 * 3',
    '2020-01-01 custom "x\ny" 1/0',
    '2020-01-01 * "a \\" b" "c"\n  Assets:1   1/0 CNY',
    '2020-01-01 custom "\n" 1/0 "\n"',
    'x"\n2020-01-01 custom "\n" 1/0 "\n"',
    'x"y" "\n" 1/0 "\n"',
    "\t1/0",
    "1/0",
]


def problems(text: str) -> list[str]:
    return [problem.text for problem in scan(text.encode()).problems]


@pytest.mark.parametrize("text", ["", "\n", "; 只有注释\n", CLEAN, CLEAN.replace("\n", "\r\n")])
def test_good_text_passes(text: str) -> None:
    assert problems(text) == []


@pytest.mark.parametrize("ending", ["", "\n", "\r\n"])
@pytest.mark.parametrize("text", ARITHMETIC)
def test_arithmetic_stops(text: str, ending: str) -> None:
    assert [p for p in problems(f"{CLEAN}{text}{ending}") if "算式" in p]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("  Assets:1   5.00 CNY {1.00 USD}", "成本"),
        ("  Assets:1   5.00 CNY {{1.00 USD}}", "成本"),
        ("  Assets:1   5.00 CNY @ 1.00 USD", "价格"),
        ("  Assets:1   5.00 CNY @@ 1.00 USD", "价格"),
        ("2020-01-01 balance Assets:1 104 ~ 5 CNY", "容差"),
        ("  Assets:1   5.001 CNY", "两位小数"),
        ("  Assets:1   5.0000 CNY", "两位小数"),
        ("  Assets:1   12345678901234.00 CNY", "15 位"),
        ("  Assets:1   1,234,567,890,123,456 CNY", "15 位"),
        ("  Assets:1   1" + "0" * 200 + " CNY", "15 位"),
    ],
)
def test_odd_amounts_stop(text: str, word: str) -> None:
    (problem,) = problems(f"{CLEAN}{text}\n")
    assert word in problem


@pytest.mark.parametrize(
    "text",
    [
        "  Assets:1   1,234,567,890,123.45 CNY",
        "  rate: 0.0125",
        '2020-01-01 custom "汇率" 6.8975',
        '  sha256: "00112233445566778899001122334455"',
        '  note: "5-3 1/0 5.001 CNY"',
        "; 1/0 2*3 5-3 {} @ ~",
        '; 他说 "1/0',
        '2020-01-01 note Assets:1 "第一行\n1/0 * 2\n* 第三行"',
        '2020-01-01 note Assets:1 "他说 \\"1/0\\" 就这样"',
        '2020-01-01 * "2020-03工资" "2020-2021年度" ^2020-2021',
    ],
)
def test_text_and_numbers_of_other_kinds_pass(text: str) -> None:
    assert problems(f"{CLEAN}{text}\n") == []


@pytest.mark.parametrize("mark", list("*:#!&?%"))
def test_lines_that_would_be_taken_for_comments_stop(mark: str) -> None:
    hidden = f"{mark} 2020-01-03 balance Assets:1 999 CNY"
    for before in ("", '; 注释里的 " 引号\n', '  a: "两\n行"\n', '  a: "\\""\n'):
        (problem,) = scan(f"{before}{hidden}\n".encode()).problems
        assert (problem.rule, problem.line) == ("L03", before.count("\n") + 1)
        assert f"以“{mark}”开头" in problem.text


def test_a_text_over_several_lines_hides_and_reveals() -> None:
    hiding = '2020-01-01 note A:1 "\n* 只是文字\n1/0\n"\n'
    assert problems(hiding) == []
    revealing = '2020-01-01 note A:1 "\n"\n* 是注释\n  A:1  1/0 CNY\n'
    assert [problem.line for problem in scan(revealing.encode()).problems] == [3, 4]


def test_directives_are_found_wherever_the_parser_would_obey_them() -> None:
    text = (
        'option "a" "b"\n'
        '  include "c"\n'
        '2020-01-01 open A:1 include "d"\n'
        '"x" plugin "e" "f"\n'
        'include "g\nh"\n'
        "pushtag #t\n"
    )
    found = [(d.kind, d.line, d.values) for d in scan(text.encode()).directives]
    assert found == [
        ("option", 1, ("a", "b")),
        ("include", 2, ("c",)),
        ("include", 3, ("d",)),
        ("plugin", 4, ("e", "f")),
        ("include", 5, ("g\nh",)),
        ("pushtag", 7, ()),
    ]


def test_words_in_texts_and_comments_are_no_directives() -> None:
    text = '; include "a"\n2020-01-01 note A:1 "plugin option include"\n  include: "x"\n'
    assert scan(text.encode()).directives == ()


@pytest.mark.parametrize(
    "data", [b"\0", b"\xff\xfe1\0/\x000\0", b'"', b"\\", b"\r", b"\xb8\xb4*\n"]
)
def test_no_bytes_upset_it(data: bytes) -> None:
    scan(data)


def test_many_hidden_lines_take_no_quadratic_time() -> None:
    assert len(scan(b"* x\n" * 50_000).problems) == 50_000

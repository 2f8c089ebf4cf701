"""The command line in Chinese: help, wrong usage, exit statuses; nothing of click's English is left."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner
from tests.books import ROOT
from tests.books import approved
from tests.books import run
from tests.books import yusuan
from wcwidth import wcswidth

from yusuan.ledger.cli import COMMANDS
from yusuan.ledger.cli import main
from yusuan.ledger.cli.chinese import Command
from yusuan.ledger.cli.exits import YusuanGroup

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

ENGLISH = re.compile(
    r"\b(Usage|Options|Commands|Error|Show|Missing|Invalid|required|default|Try)\b"
)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("usage")
    (folder / "空目录").mkdir()
    (folder / "文件").touch()
    return approved(folder / "账套")


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS)], ids=" ".join)
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_is_chinese(command: list[str], option: str) -> None:
    done = run(*command, option)
    assert done.exit_code == 0
    assert done.output.startswith("用法：")
    assert "选项：" in done.output
    assert not ENGLISH.search(done.output)
    assert max(map(wcswidth, done.output.splitlines())) <= 120


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_explained(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert isinstance(command, Command)
    assert command.help
    for param in command.params:
        if isinstance(param, click.Option):
            assert param.help, f"{name} {param.name}"


def test_no_command_shows_the_help() -> None:
    done = run()
    assert (done.exit_code, done.stdout) == (2, "")
    assert "命令：" in done.stderr


def test_the_version() -> None:
    done = run("--version")
    assert done.exit_code == 0
    assert re.fullmatch(r"yusuan \d+\.\d+\.\d+\n", done.output)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("bogus", "没有命令 bogus"),
        ("excution", "没有命令 excution；是不是 execution？"),
        ("--bogus", "没有选项 --bogus"),
        ("check", "缺少参数 账套"),
        ("check 账套 甲 乙", "多余的参数 甲 乙"),
        ("check 账套 --jsn", "没有选项 --jsn；是不是 --json？"),
        ("check 账套 --json=1", "选项 --json 不带值"),
        ("check 没有", "参数 账套 不对：没有 不存在"),
        ("execution 账套", "缺少选项 --by；可填 function、economic、project、fund、line"),
        ("execution 账套 --by 项目", "选项 --by 不对：“项目”不在可填之列：function、economic、project、fund、line"),
        ("execution 账套 --by", "选项 --by 后面缺少值"),
        ("execution 账套 --by line --as-of 2020-2-30", "选项 --as-of 不对：“2020-2-30”不是日期，应写作 2020-03-16"),
        ("execution 账套 --by line --as-of 今天", "选项 --as-of 不对：“今天”不是日期，应写作 2020-03-16"),
        ("execution 账套 --by line --xlsx 甲.beancount", "选项 --xlsx 不对：甲.beancount 应以 .xlsx 结尾"),
        ("execution 账套 --by line --xlsx 账套", "选项 --xlsx 不对：账套 是目录，这里要一个文件"),
        ("init 目录 --unit 甲 --kind 行政", "缺少选项 --year"),
        ("init 目录 --unit 甲 --year 1999 --kind 行政", "选项 --year 不对：“1999”应为 2019 至 2099 之间的整数"),
        ("init 目录 --unit 甲 --year 二零 --kind 行政", "选项 --year 不对：“二零”应为 2019 至 2099 之间的整数"),
        ("init 目录 --unit 甲 --year 2020 --kind 企业", "选项 --kind 不对：“企业”不在可填之列：行政、参公、事业"),
        ("init 文件 --unit 甲 --year 2020 --kind 行政", "参数 目录 不对：文件 是文件，这里要一个目录"),
        ("import --book 账套", "缺少参数 文件…"),
        ("import 账套 --book 账套", "参数 文件… 不对：账套 是目录，这里要一个文件"),
        ("pay 账套 --line 2020J01", "缺少选项 --date"),
        ("pay 账套 --amount 一百", "选项 --amount 不对：“一百”不是金额：只能有数字、正确的千分位逗号和一个小数点"),
        ("pay 账套 --amount 0", "选项 --amount 不对：金额应大于零，不是 0"),
        ("pay 账套 --amount=-5", "选项 --amount 不对：金额应大于零，不是 -5"),
        ("pay 账套 --amount 1.001", "选项 --amount 不对：“1.001”不是金额：金额以元计，最多两位小数"),
        ("pay 账套 --method 现金", "选项 --method 不对：“现金”不在可填之列：direct、authorised、unified、own"),
        ("rules X1", "没有规则 X1；yusuan rules 列出全部规则"),
        ("check 空目录", "空目录 不是账套：没有 main.beancount；请先用 yusuan init 建立账套"),
    ],
)  # fmt: skip
def test_wrong_usage(
    book: Path, monkeypatch: pytest.MonkeyPatch, words: str, sentence: str
) -> None:
    monkeypatch.chdir(book.parent)
    done = run(*words.split())
    assert done.exit_code == 2
    assert done.stdout == ""
    assert done.stderr.splitlines()[-1] == f"错误：{sentence}"
    assert not ENGLISH.search(done.stderr)


def test_wrong_usage_says_how_the_command_is_used() -> None:
    lines = run("check").stderr.splitlines()
    assert lines[0].startswith("用法：")
    assert lines[1].startswith("详见 ")


def failing(error: BaseException) -> Result:
    """Make a program whose only command fails."""

    @click.group(cls=YusuanGroup)
    def program() -> None: ...

    @program.command("fail", cls=Command)
    def fail() -> None:
        raise error

    return CliRunner().invoke(program, ["fail"])


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (PermissionError(13, "Permission denied", "main.beancount"), 2, "错误：main.beancount：没有权限\n"),
        (OSError(28, "No space left on device"), 2, "错误：文件：磁盘空间不足\n"),
        (KeyboardInterrupt(), 2, "\n错误：已取消\n"),
    ],
)  # fmt: skip
def test_errors_of_the_system_are_said_in_chinese(
    error: BaseException, status: int, said: str
) -> None:
    done = failing(error)
    assert (done.exit_code, done.stderr) == (status, said)


@pytest.mark.parametrize("error", [ValueError("x"), ZeroDivisionError("x"), RuntimeError("x")])
def test_a_fault_of_the_program_has_a_status_of_its_own(error: Exception) -> None:
    done = failing(error)
    assert done.exit_code == 3
    assert "程序内部错误" in done.stderr


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "gb18030"])
def test_a_terminal_without_chinese_is_no_error(book: Path, encoding: str) -> None:
    for words in (["rules"], ["lines", str(book)], ["check", "没有"]):
        done = subprocess.run(
            [sys.executable, "-c", "from yusuan.ledger.cli import main; main()", *words],
            capture_output=True,
            check=False,
            cwd=ROOT,
            env={**os.environ, "PYTHONIOENCODING": encoding},
        )
        assert done.returncode in {0, 2}
        assert b"Traceback" not in done.stderr


def test_a_reader_that_goes_away_is_no_error(book: Path) -> None:
    command = [
        sys.executable,
        "-c",
        "from yusuan.ledger.cli import main; main()",
        "lines",
        str(book),
    ]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode in {0, 1}


def test_the_program_says_nothing_on_stderr_when_all_is_well(book: Path) -> None:
    for words in (["check"], ["lines"], ["execution", "--by", "economic"]):
        done = yusuan(words[0], book, *words[1:])
        assert (done.returncode, done.stderr) == (0, "")

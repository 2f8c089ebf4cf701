"""Every rule is complete: listed, coded, shown passing and failing, documented."""

from __future__ import annotations

import re

import pytest
from tests import rulebook
from tests.books import ROOT

from yusuan.ledger.finding import Severity
from yusuan.ledger.rules.catalogue import catalogue
from yusuan.ledger.rules.catalogue import rules_by_id

#: The rules whose only basis in HANDBOOK §4 is recalled or audit practice.
DOUBTFUL = frozenset({"R10", "R18", "R19", "R20", "R21", "R22", "R24", "R30"})
#: Those recalled that stop all the same: what they hold is arithmetic. Source: decision 0006.
DECIDED = frozenset({"R17", "R26", "R27"})


@pytest.mark.parametrize("rule", sorted(rulebook.HANDBOOK | {rule.id for rule in catalogue()}))
def test_every_rule_is_complete(rule: str) -> None:
    assert rulebook.lacking(rule) == []


def test_a_rule_that_lacks_everything_would_be_seen() -> None:
    assert rulebook.lacking("R99") == ["catalogue", "code", "passes", "fails", "documentation"]


def test_a_rule_without_its_example_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = dict(rulebook.examples())
    del shown["R13", "fails"]
    monkeypatch.setattr(rulebook, "examples", lambda: shown)
    assert rulebook.lacking("R13") == ["fails"]


def test_every_example_named_is_a_test() -> None:
    named = {name for names in rulebook.ELSEWHERE.values() for name in names}
    assert named <= rulebook.tests().keys()
    assert {rule for rule, _ in rulebook.examples()} <= {rule.id for rule in catalogue()}


def test_the_page_is_what_the_catalogue_says() -> None:
    """Where this fails, run `make docs`."""
    assert rulebook.PAGE.read_text("utf-8") == rulebook.page()


def test_the_page_says_everything_of_a_rule() -> None:
    section = rulebook.page().partition("### R28 ")[2].partition("### ")[0]
    rule = rules_by_id()["R28"]
    for text in (rule.title, rule.basis, rule.scope, rule.remedy, "警告", "`department = 15`"):
        assert text in section
    for outcome in rulebook.OUTCOMES:
        assert f"test_r28_{outcome}_" in section


def test_what_is_only_recalled_does_not_stop() -> None:
    known = rules_by_id()
    assert [r for r in sorted(DOUBTFUL & known.keys()) if known[r].severity is Severity.STOP] == []


def test_the_exceptions_are_those_decided_on() -> None:
    (record,) = (ROOT / "docs" / "decisions").glob("0006-*.md")
    (said,) = re.findall(r"^- (.+) stop although HANDBOOK", record.read_text("utf-8"), re.MULTILINE)
    assert set(re.findall(r"R\d\d", said)) == DECIDED
    assert {rules_by_id()[rule].severity for rule in DECIDED} == {Severity.STOP}

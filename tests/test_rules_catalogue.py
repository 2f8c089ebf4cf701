"""The catalogue of rules and the code agree: no rule without its entry, no entry without its rule."""

from __future__ import annotations

import json
import re

import pytest
from tests.books import run
from tests.rulebook import ids_in_code

from yusuan.ledger.books.requirements import PLUGINS
from yusuan.ledger.finding import Severity
from yusuan.ledger.rules.catalogue import Rule
from yusuan.ledger.rules.catalogue import catalogue
from yusuan.ledger.tables.identities import CATALOGUE


def test_every_rule_is_in_the_catalogue_and_every_entry_is_a_rule() -> None:
    assert {rule.id for rule in catalogue()} == ids_in_code()


def test_what_plugins_give_receipts_for_is_in_the_catalogue() -> None:
    listed = {rule.id for rule in catalogue()}
    assert {rule for rules in PLUGINS.values() for rule in rules} <= listed


def test_ids_are_unique_and_in_order() -> None:
    ids = [rule.id for rule in catalogue()]
    assert ids == sorted(set(ids))
    assert not set(ids) & {identity.id for identity in CATALOGUE}


@pytest.mark.parametrize("rule", catalogue(), ids=[rule.id for rule in catalogue()])
def test_every_entry_is_complete(rule: Rule) -> None:
    for field in ("title", "basis", "scope", "remedy"):
        text = getattr(rule, field)
        assert re.search(r"[一-鿿]", text)
        assert not text.endswith("。")


def test_the_command_lists_everything() -> None:
    done = run("rules")
    assert done.exit_code == 0
    listed = [(rule.id, rule.title) for rule in catalogue()]
    for name, title in [*listed, *((each.id, each.title) for each in CATALOGUE)]:
        assert f"{name}  " in done.stdout
        assert title in done.stdout


@pytest.mark.parametrize("name", ["R01", "r01", "B14"])
def test_the_command_shows_one_in_full(name: str) -> None:
    done = run("rules", name)
    assert done.exit_code == 0
    assert done.stdout.startswith(name.upper())
    for word in ("依据：", "范围：", "处理："):
        assert word in done.stdout


def test_the_catalogue_as_json() -> None:
    shape = json.loads(run("rules", "--json").stdout)
    assert shape["schema"] == "yusuan.rules/1"
    assert len(shape["rules"]) == len(catalogue()) + len(CATALOGUE)
    (rule,) = json.loads(run("rules", "L03", "--json").stdout)["rules"]
    assert set(rule) == {"id", "title", "severity", "basis", "scope", "remedy", "parameters"}
    assert Severity(rule["severity"]) is Severity.STOP


def test_what_has_no_confirmed_ground_does_not_stop() -> None:
    doubtful = [rule for rule in catalogue() if re.search("待核实|审计常用标准", rule.basis)]
    assert doubtful
    assert [rule.id for rule in doubtful if rule.severity is Severity.STOP] == []


def test_the_command_shows_the_parameters() -> None:
    done = run("rules", "R16")
    assert "参数：months = []；points = 10（在 yusuan.toml 的 [rules.R16] 中设置）" in done.stdout

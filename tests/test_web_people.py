"""Who asks: the roles of people, and what a request without anybody is told."""

from __future__ import annotations

import pytest
from flask import Flask
from flask import request

from yusuan.ledger.web import people
from yusuan.ledger.web.people import Person
from yusuan.ledger.web.people import Role

READER = Person("读者", frozenset({Role.LOOK}))


def test_a_request_is_nobody_s_until_somebody_is_admitted() -> None:
    with Flask("test").test_request_context():
        with pytest.raises(people.NobodyError, match="请先登录"):
            people.who()
        people.admit(request.environ, READER)
        assert people.who() is READER


def test_who_lacks_a_role_is_told_which() -> None:
    with Flask("test").test_request_context():
        people.admit(request.environ, READER)
        assert people.require("look") is READER
        with pytest.raises(people.RoleError, match="读者 没有“登记”权限"):
            people.require("record")


def test_at_this_machine_one_person_holds_all_roles() -> None:
    with Flask("test").test_request_context():
        people.admit(request.environ, people.LOCAL)
        for role in Role:
            assert people.require(role) is people.LOCAL


def test_whoever_may_record_may_look() -> None:
    assert Person("会计", frozenset({Role.RECORD})).may(Role.LOOK)

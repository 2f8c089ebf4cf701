"""Who asks: the person behind a request, and what they may do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from flask import request
from werkzeug.exceptions import Forbidden
from werkzeug.exceptions import Unauthorized

if TYPE_CHECKING:
    from wsgiref.types import WSGIEnvironment

_KEY = "yusuan.person"


class Role(StrEnum):
    """What one may do; whoever may do anything may look."""

    LOOK = "look"
    RECORD = "record"
    APPROVE = "approve"
    CLOSE = "close"

    @property
    def word(self) -> str:
        """What it is called."""
        return _WORDS[self]


_WORDS = {Role.LOOK: "查看", Role.RECORD: "登记", Role.APPROVE: "批准调整", Role.CLOSE: "结账"}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is signed in."""

    name: str
    roles: frozenset[Role]

    @property
    def words(self) -> str:
        """What they may do, as people say it."""
        return "、".join(role.word for role in Role if role in self.roles) or Role.LOOK.word

    def may(self, role: Role) -> bool:
        """Tell whether they hold a role."""
        return role is Role.LOOK or role in self.roles


#: Who sits at this machine, where nobody signs in.
LOCAL = Person("本机用户", frozenset(Role))


class NobodyError(Unauthorized):
    """Nobody is signed in."""

    description = "请先登录"


class RoleError(Forbidden):
    """The person does not hold the role that something takes."""

    def __init__(self, person: Person, role: Role) -> None:
        """Say who and which."""
        super().__init__(f"{person.name} 没有“{role.word}”权限，请由有权限的人员办理")


def who() -> Person:
    """Give the person behind the request that is being answered. Raises NobodyError."""
    return behind(request.environ)


def behind(environ: WSGIEnvironment) -> Person:
    """Give the person behind a request. Raises NobodyError."""
    person: Person | None = environ.get(_KEY)
    if person is None:
        raise NobodyError
    return person


def named(environ: WSGIEnvironment) -> Person | None:
    """Give who has signed in; None where nobody does."""
    person: Person | None = environ.get(_KEY)
    return person if person is not None and person.name != LOCAL.name else None


def require(role: str) -> Person:
    """Give the person behind the request, if they hold a role. Raises NobodyError, RoleError."""
    person, needed = who(), Role(role)
    if not person.may(needed):
        raise RoleError(person, needed)
    return person


def admit(environ: WSGIEnvironment, person: Person) -> None:
    """Take a person to be behind a request."""
    environ[_KEY] = person

"""The register of users: a file with names, roles, and passwords of which only the hash is kept."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Any

import tomli_w
from werkzeug.security import generate_password_hash

from yusuan.ledger.books.errors import reason
from yusuan.ledger.books.write import replace
from yusuan.ledger.web.people import Person
from yusuan.ledger.web.people import Role

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

SCHEMA = "yusuan.people/1"
PASSWORD_LENGTH = 8
_NAME_LENGTH = 40


class RegisterError(ValueError):
    """A register that cannot be used, or a user that cannot be put into it."""


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who may sign in; without a password only a reverse proxy can vouch for them."""

    person: Person
    password: str = ""


class Register:
    """The users of a file, read again when it changes: who is taken out of it is out at once."""

    def __init__(self, path: Path) -> None:
        """Read it. Raises RegisterError."""
        self.path = path
        self._stamp: tuple[int, int, int] | None = None
        self._users: dict[str, User] = {}
        self.users()

    def users(self) -> dict[str, User]:
        """Give the users by name. Raises RegisterError."""
        try:
            status = self.path.stat()
            stamp = (status.st_ino, status.st_size, status.st_mtime_ns)
            if stamp != self._stamp:
                self._users = read(self.path.read_bytes())
                self._stamp = stamp
        except OSError as error:
            raise RegisterError(f"读不到用户名册 {self.path.name}（{reason(error)}）") from None
        return self._users


def read(data: bytes) -> dict[str, User]:
    """Read a register. Raises RegisterError."""
    try:
        held = tomllib.loads(data.decode())
        if held.get("schema") != SCHEMA:
            raise RegisterError(f'用户名册应以 schema = "{SCHEMA}" 开头')
        rows: list[dict[str, Any]] = held.get("person", [])
        users = [_user(row) for row in rows]
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        if isinstance(error, RegisterError):
            raise
        raise RegisterError("用户名册不合写法，请用 yusuan user 维护") from None
    found = {user.person.name: user for user in users}
    if len(found) != len(users):
        raise RegisterError("用户名册中有重复的姓名")
    return found


def put(path: Path, name: str, roles: Iterable[Role], password: str = "") -> None:
    """Put a user into a register, or in the place of the one of that name. Raises RegisterError, OSError."""
    if not 0 < len(name) <= _NAME_LENGTH or not name.isprintable() or name != name.strip():
        raise RegisterError(f"姓名应为 {_NAME_LENGTH} 字以内的文字")
    if password and len(password) < PASSWORD_LENGTH:
        raise RegisterError(f"密码至少 {PASSWORD_LENGTH} 位")
    users = read(path.read_bytes()) if path.exists() else {}
    hashed = generate_password_hash(password, "scrypt") if password else ""
    users[name] = User(Person(name, frozenset(roles)), hashed)
    _write(path, users)


def remove(path: Path, name: str) -> None:
    """Take a user out of a register. Raises RegisterError, OSError."""
    users = read(path.read_bytes()) if path.exists() else {}
    if users.pop(name, None) is None:
        raise RegisterError(f"用户名册中没有 {name}")
    _write(path, users)


def _user(row: dict[str, Any]) -> User:
    name, password = row["name"], row.get("password", "")
    if not isinstance(name, str) or not isinstance(password, str):
        raise TypeError
    return User(Person(name, frozenset(map(Role, row["roles"]))), password)


def _write(path: Path, users: dict[str, User]) -> None:
    rows = [
        {"name": name, "roles": [r.value for r in Role if r in user.person.roles]}
        | ({"password": user.password} if user.password else {})
        for name, user in users.items()
    ]
    # A new file is nobody else's to read; one that is there keeps its mode.
    path.touch(mode=0o600)
    replace({path: tomli_w.dumps({"schema": SCHEMA, "person": rows}).encode()})

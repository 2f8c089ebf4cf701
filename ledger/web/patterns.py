"""Patterns that people search with: together they may take a request a few seconds, not more.

fava's filters and the `~` of queries take regular expressions, of which one like (a+)+$ would
keep a thread for hours (TRAPS part 2). The modules that match them are given, in place of `re`,
one that looks at the clock.
"""

from __future__ import annotations

import re
import time
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from functools import partial
from typing import TYPE_CHECKING
from typing import Any

import beancount.core.account
import beanquery.query_compile
import beanquery.query_env
import fava.core.filters
import regex
from fava.core.filters import FilterError

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator

#: How long the patterns of one request may take together.
SECONDS = 2.0


@dataclass(slots=True)
class _Clock:
    """What is left of the time; none of it passes while no pattern is matched."""

    left: float


_clock: ContextVar[_Clock | None] = ContextVar("clock", default=None)


class SlowPatternError(FilterError):
    """A pattern that takes too long."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("filter", "这个正则表达式太费时间，请写得简单些")


@contextmanager
def limited() -> Iterator[None]:
    """Have the patterns of what is done meanwhile end in time. They raise SlowPatternError."""
    token = _clock.set(_Clock(SECONDS))
    try:
        yield
    finally:
        _clock.reset(token)


class Timed:
    """`re` as far as those modules use it, by the clock where there is a limit."""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 -- whatever `re` has
        """Give what is not a matter of time."""
        return getattr(re, name)

    @staticmethod
    def compile(pattern: str, flags: int = 0) -> Any:  # noqa: ANN401 -- as `re` has it
        """Compile, to search with later. Raises re.error."""
        _both(pattern, flags)
        return _Pattern(pattern, flags)

    @staticmethod
    def search(pattern: str, text: str, flags: int = 0) -> Any:  # noqa: ANN401
        """Search. Raises SlowPatternError, re.error."""
        return _Pattern(pattern, flags).search(text)

    @staticmethod
    def match(pattern: str, text: str, flags: int = 0) -> Any:  # noqa: ANN401
        """Match from the start. Raises SlowPatternError, re.error."""
        return _Pattern(pattern, flags).match(text)

    @staticmethod
    def sub(pattern: str, new: str, text: str) -> Any:  # noqa: ANN401
        """Replace. Raises SlowPatternError, re.error."""
        return _run(pattern, 0, lambda found: partial(found.sub, new, text))


class _Pattern:
    def __init__(self, pattern: str, flags: int) -> None:
        self._of = (pattern, flags)

    def search(self, text: str) -> Any:  # noqa: ANN401
        return _run(*self._of, lambda found: partial(found.search, text))

    def match(self, text: str) -> Any:  # noqa: ANN401
        return _run(*self._of, lambda found: partial(found.match, text))


def _run(pattern: str, flags: int, call: Callable[[Any], Callable[..., Any]]) -> Any:  # noqa: ANN401
    plain, timed = _both(pattern, flags)
    clock = _clock.get()
    if clock is None:
        return call(plain)()
    began = time.thread_time()
    try:
        if clock.left > 0:
            return call(timed)(timeout=clock.left)
    except TimeoutError:
        clock.left = 0.0
    finally:
        clock.left -= time.thread_time() - began
    raise SlowPatternError


@lru_cache(maxsize=256)
def _both(pattern: str, flags: int) -> tuple[Any, Any]:
    plain = re.compile(pattern, flags)
    try:
        return plain, regex.compile(pattern, int(flags) | regex.V0)
    except regex.error as error:
        raise re.error(str(error)) from None


for _module in (
    beancount.core.account,
    beanquery.query_compile,
    beanquery.query_env,
    fava.core.filters,
):
    setattr(_module, "re", Timed())  # noqa: B010 -- the seam that they leave

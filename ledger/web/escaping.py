"""fava's journal with what people wrote escaped: its template turns that off, for speed.

Without this a payee, a note or a metadata value with HTML in it is part of the page (fava
1.30.16, `_journal_table.html`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jinja2 import BaseLoader

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from jinja2 import Environment

_SWITCH = re.compile(r"{%-? *autoescape +\w+ *-?%}")
_ON = "{% autoescape true %}"


class Escaping(BaseLoader):
    """Templates of another loader, none of which turns escaping off."""

    def __init__(self, loader: BaseLoader) -> None:
        """Take the other loader."""
        self._loader = loader

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        """Give a template's text."""
        text, name, fresh = self._loader.get_source(environment, template)
        return _SWITCH.sub(_ON, text), name, fresh

    def list_templates(self) -> list[str]:
        """Name the templates."""
        return self._loader.list_templates()


def install(app: Flask) -> None:
    """Have an application escape everywhere."""
    loader = app.jinja_loader
    if loader is not None and not isinstance(loader, Escaping):
        app.jinja_loader = Escaping(loader)

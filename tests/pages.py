"""Pages of the extension without a browser: what the server gives, taken apart."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING
from typing import Any
from urllib.parse import unquote

from lxml import html
from tests.webs import book_of

from yusuan.ledger.books.load import main_file
from yusuan.ledger.web.app import application

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient

#: What runs in a page that forgets to escape it, wherever it stands.
HOSTILE = (
    "<script>window.ran = 1</script>",
    '"><img src=x onerror="window.ran = 1">',
    "{{7*7}}",
    "javascript:window.ran=1",
)


@dataclass(frozen=True, slots=True)
class Site:
    """The application on one book."""

    client: FlaskClient
    base: str

    def text(self, address: str, **query: str) -> str:
        """Give what stands at an address of the book."""
        answer = self.client.get(self.base + address, query_string=query)
        assert answer.status_code == HTTPStatus.OK, f"{address}: {answer.status}"
        return answer.get_data(as_text=True)

    def page(self, name: str, **query: str) -> Sheet:
        """Give one of our pages."""
        return Sheet(html.fromstring(self.text(f"extension/{name}/", **query)))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page, or a part of one."""

    tree: Any

    def said(self, path: str = ".//article") -> str:
        """Give the text of the parts that an XPath finds, blanks made single."""
        return " ".join(" ".join(part.text_content().split()) for part in self.tree.xpath(path))

    def rows(self, path: str = ".//article//table") -> list[list[str]]:
        """Give the cells of the body rows of the tables that an XPath finds."""
        found = self.tree.xpath(f"({path})/tbody/tr")
        return [[" ".join(cell.text_content().split()) for cell in row] for row in found]

    def links(self, path: str = ".//article//a") -> list[str]:
        """Give where the links that an XPath finds lead."""
        return [unquote(link.get("href")) for link in self.tree.xpath(path)]

    def faults(self) -> list[str]:
        """Give what an inserted text has become: elements that act, attributes that act, odd links."""
        article = self.tree.xpath(".//article")[0]
        acting = article.xpath(".//script[not(@type='application/json')] | .//img | .//iframe")
        acting += article.xpath(".//*[@*[starts-with(name(), 'on')]]")
        acting += article.xpath(
            ".//a[starts-with(translate(@href, 'JAVSCRIPT', 'javscript'), 'javascript')]"
        )
        return [html.tostring(each, encoding="unicode") for each in acting]


def site(book: Path) -> Site:
    """Open the application on a book."""
    client = application(main_file(book)).test_client()
    return Site(client, book_of(client))

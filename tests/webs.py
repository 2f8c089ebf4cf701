"""`yusuan web` on a book, and fava's pages in a browser, for tests."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing
from contextlib import contextmanager
from dataclasses import dataclass
from dataclasses import field
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any
from urllib.parse import unquote
from urllib.parse import urlencode
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.testing import FlaskClient
    from playwright.sync_api import Browser
    from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[1]
#: Pictures of pages, for people to look at after a run.
PICTURES = ROOT / "build" / "pictures"
EXAMPLE = ROOT / "examples" / "songjiang-xinfang-2020" / "book"
TITLE = "上海市松江区人民政府信访办公室 预算账套（合成演示数据）"
LOOPBACK = "127.0.0.1"
_COMMAND = [sys.executable, "-c", "from yusuan.ledger.cli import main; main()", "web"]
_STARTED_WITHIN = 60.0
_NOTICED_WITHIN = 5.0


@dataclass(frozen=True, slots=True)
class Server:
    """A running `yusuan web`; `base` is the address of its book, ending in a slash."""

    process: subprocess.Popen[str]
    port: int
    base: str

    def api(self, name: str, **arguments: str) -> Any:
        """Ask fava's API and give the data of the answer."""
        return json.loads(self.get(f"api/{name}?{urlencode(arguments)}"))["data"]

    def get(self, address: str) -> bytes:
        """Give what stands at an address of the book."""
        status, answer = self._ask("GET", address)
        assert status == HTTPStatus.OK, f"{address}: {status}"
        return answer

    def put(self, name: str, **data: object) -> tuple[int, bytes]:
        """Call an endpoint of fava's API that writes; give the status and the answer."""
        return self._ask("PUT", f"api/{name}", json.dumps(data))

    def _ask(self, method: str, address: str, body: str | None = None) -> tuple[int, bytes]:
        return ask(self.port, method, urlsplit(self.base).path + address, body)

    def changed(self) -> bool:
        """Wait for fava to notice that a file of the book has changed."""
        deadline = time.monotonic() + _NOTICED_WITHIN
        while not self.api("changed"):
            if time.monotonic() > deadline:
                return False
            time.sleep(0.05)
        return True


def ask(port: int, method: str, path: str, body: str | None = None) -> tuple[int, bytes]:
    """Send one request to this machine; give the status and the answer, or where it leads."""
    with closing(HTTPConnection(LOOPBACK, port, timeout=60)) as connection:
        connection.request(method, path, body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        return answer.status, answer.headers.get("Location", "").encode() or answer.read()


def book_of(client: FlaskClient) -> str:
    """Give the address of the book in an application, ending in a slash."""
    return "/{}/".format(client.get("/").headers["Location"].split("/")[1])


def copied(folder: Path) -> Path:
    """Copy the example book."""
    ignored = shutil.ignore_patterns("*.lock", ".*")
    return Path(shutil.copytree(EXAMPLE, folder, ignore=ignored))


def free_port() -> int:
    """Give a port that nothing listens on."""
    with socket.socket() as found:
        found.bind((LOOPBACK, 0))
        return int(found.getsockname()[1])


@contextmanager
def serving(book: Path, *options: str, **environment: str) -> Iterator[Server]:
    """Run `yusuan web` in a process of its own, until the test is done with it."""
    port = free_port()
    # Whoever runs the tests in the background of a shell has them ignore Ctrl-C, and all they start.
    heard = signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(
        [*_COMMAND, str(book), "--port", str(port), *options],
        env={**os.environ, "PYTHONUTF8": "1", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    signal.signal(signal.SIGINT, heard)
    with process:
        try:
            yield Server(process, port, _base(process, port))
        finally:
            process.terminate()


def _base(process: subprocess.Popen[str], port: int) -> str:
    """Wait for the server, and give the address that it leads to."""
    deadline = time.monotonic() + _STARTED_WITHIN
    while time.monotonic() < deadline and process.poll() is None:
        try:
            _, leads_to = ask(port, "GET", "/")
        except ConnectionError:
            time.sleep(0.05)
        else:
            # Nowhere, where one has to sign in first.
            slug = leads_to.decode().removeprefix("/").partition("/")[0]
            return f"http://{LOOPBACK}:{port}/{slug}/"
    process.kill()
    raise RuntimeError(process.communicate()[0])


@dataclass(slots=True)
class Fava:
    """A page of fava in a browser, with all that went wrong on it since it was opened."""

    page: Page
    base: str
    faults: list[str] = field(default_factory=list)

    def open(self, address: str) -> None:
        """Load a page of the book, as from a bookmark."""
        self.page.goto(self.base + address)
        self._settle()

    def follow(self, url: str) -> None:
        """Go where a link leads, as a click on it would."""
        self.page.evaluate(
            "url => { const link = document.createElement('a'); link.href = url;"
            " document.body.append(link); link.click(); link.remove() }",
            url,
        )
        self.page.wait_for_url(url, wait_until="commit")
        self._settle()

    def _settle(self) -> None:
        """Wait until the page is drawn, and look whether fava says that something failed."""
        # By locators: what polls an expression would be refused by the page's own policy.
        self.page.locator("aside").wait_for(state="attached")
        self.page.locator("svg.loading").first.wait_for(state="detached")
        for error in self.page.locator(".notifications .error, article h2 + pre").all():
            self.faults.append(f"{self.where}: {error.inner_text()}")

    @property
    def where(self) -> str:
        """The page's address, readable, from the book on."""
        return unquote(self.page.url.removeprefix(self.base))

    def links(self) -> list[str]:
        """Give the addresses on the page that fava itself draws, those of this book."""
        found = self.page.eval_on_selector_all(
            "a[href]:not([data-remote], [href^='#'])",
            "links => links.map(link => new URL(link.getAttribute('href'), location).href)",
        )
        return [url for url in found if url.startswith(self.base)]

    def rows(self) -> dict[str, dict[str, str]]:
        """Give the rows of the page's account trees that can be seen: account → column → text."""
        tables = self.page.eval_on_selector_all(
            "ol.tree-table-new",
            """tables => tables.map(table => ({
                head: [...table.querySelectorAll("li.head span.num")].map(cell => cell.innerText),
                rows: [...table.querySelectorAll("[data-account-name]")].map(name => [
                    name.dataset.accountName,
                    [...name.parentElement.querySelectorAll(":scope > .num")].map(c => c.innerText),
                ]),
            }))""",
        )
        return {
            account: dict(zip(table["head"], map(str.strip, cells), strict=True))
            for table in tables
            for account, cells in table["rows"]
        }

    def shoot(self, name: str) -> Path:
        """Keep a picture of the whole page among the artefacts."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        path = PICTURES / f"{name}.png"
        self.page.screenshot(path=path, full_page=True)
        return path

    def obstacles(self) -> list[str]:
        """Give what would keep people from using the page, frame and all: what axe finds serious or critical."""
        found = Axe().run(self.page).response["violations"]
        return [
            f"{each['id']}: {node['html']}"
            for each in found
            if each["impact"] in {"serious", "critical"}
            for node in each["nodes"]
        ]


@contextmanager
def looking(
    browser: Browser, server: Server, *, dark: bool = False, narrow: bool = False
) -> Iterator[Fava]:
    """Open a window on a running server; what went wrong in it fails the test at the end.

    A request to any other host is among what goes wrong.
    """
    context = browser.new_context(
        viewport={"width": 390 if narrow else 1300, "height": 900},
        color_scheme="dark" if dark else "light",
    )
    fava = Fava(context.new_page(), server.base)
    fava.page.on(
        "request",
        lambda asked: (
            None
            if asked.url.startswith((f"http://{LOOPBACK}:{server.port}/", "data:", "blob:"))
            else fava.faults.append(f"{fava.where}: {asked.url}")
        ),
    )
    fava.page.on("pageerror", lambda error: fava.faults.append(f"{fava.where}: {error}"))
    fava.page.on(
        "console",
        lambda line: (
            fava.faults.append(f"{fava.where}: {line.text}") if line.type == "error" else None
        ),
    )
    fava.page.on(
        "response",
        lambda got: (
            fava.faults.append(f"{got.status} {unquote(got.url)}") if got.status >= 400 else None
        ),
    )
    try:
        yield fava
        assert fava.faults == [], "\n".join(fava.faults)
    finally:
        context.close()

"""How a request is refused: one sentence, as a page for people and as JSON for programs."""

from __future__ import annotations

import json
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment
from jinja2 import FileSystemLoader
from werkzeug.wrappers import Response

if TYPE_CHECKING:
    from werkzeug.exceptions import HTTPException
    from werkzeug.wrappers import Request

#: Pages that stand outside of fava's.
PAGES = Environment(loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True)
#: What the foundations say in English.
_WORDS = {
    HTTPStatus.BAD_REQUEST: "请求有误",
    HTTPStatus.UNAUTHORIZED: "请先登录",
    HTTPStatus.FORBIDDEN: "没有权限",
    HTTPStatus.NOT_FOUND: "没有这一页",
    HTTPStatus.METHOD_NOT_ALLOWED: "没有这种操作",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "内容过大",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "内容的格式不对",
}
OTHER = "服务出错，请查看运行 yusuan web 的窗口"


def refusal(request: Request, error: HTTPException) -> Response:
    """Answer with what is wrong; a program is told by JSON, as fava's own API does."""
    if isinstance(error.response, Response):
        return error.response
    status = HTTPStatus(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
    why = error.description or ""
    if why.isascii():
        why = _WORDS.get(status, OTHER)
    return said(request, status, why)


def said(request: Request, status: HTTPStatus, why: str) -> Response:
    """Answer with a sentence."""
    if "text/html" not in request.headers.get("Accept", ""):
        return Response(json.dumps({"error": why}), status, content_type="application/json")
    page = PAGES.get_template("refusal.html").render(why=why)
    return Response(page, status, content_type="text/html; charset=utf-8")

"""How large a request may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.exceptions import RequestURITooLarge

if TYPE_CHECKING:
    from werkzeug.wrappers import Request

#: A bank's statement of a year is far smaller, and so is a picture of a voucher.
BODY_BYTES = 16 * 1024 * 1024
#: A query written by hand fits.
QUERY_BYTES = 8 * 1024
HEADER_BYTES = 32 * 1024


class BodyError(RequestEntityTooLarge):
    """More was sent than is taken."""

    description = f"内容超过 {BODY_BYTES // 1024 // 1024} MB，请分开或缩小后再上传"


class AddressError(RequestURITooLarge):
    """An address that is too long."""

    description = "网址过长，请缩短搜索条件或查询语句"


def sized(request: Request) -> None:
    """Check the length of the address and of what is sent. Raises AddressError, BodyError."""
    if len(request.query_string) > QUERY_BYTES:
        raise AddressError
    if (request.content_length or 0) > BODY_BYTES:
        raise BodyError

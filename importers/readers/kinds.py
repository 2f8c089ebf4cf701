"""What a file is by its first bytes, whatever its name says."""

from __future__ import annotations

from enum import StrEnum

from yusuan.importers.readers.encoding import decode
from yusuan.importers.readers.errors import ReadError

#: How a compound file (OLE) begins.
OLE_MARK = b"\xd0\xcf\x11\xe0"

_HEAD = 2048
_HTML = (b"<!doctype html", b"<html", b"<head", b"<body", b"<table", b"<meta", b"<style", b"<div")


class Kind(StrEnum):
    """A kind of file, by the words in which a person knows it."""

    PDF = "PDF"
    XLSX = "xlsx"
    DOCX = "docx"
    ARCHIVE = "xlsx 或 docx"
    XLS = "xls"
    DOC = "doc"
    OLE = "xls 或 doc"
    LOCKED = "加了打开密码的文件"
    HTML = "网页（html）"
    MHT = "单个文件的网页（mht）"
    XML = "XML 表格"
    RTF = "RTF"
    TEXT = "纯文本"


#: The ending under which a file of a kind is read, or else what to do with it.
ENDINGS = {
    Kind.PDF: ".pdf",
    Kind.XLSX: ".xlsx",
    Kind.DOCX: ".docx",
    Kind.XLS: ".xls",
    Kind.DOC: ".doc",
    Kind.HTML: ".html",
    Kind.RTF: ".doc",
    Kind.TEXT: ".txt 或 .csv",
}


def kind_of(data: bytes) -> Kind | None:
    """Give the kind of a file with a known beginning, None for any other (text among them)."""
    if data.startswith(b"%PDF"):
        return Kind.PDF
    if data.startswith(b"PK\x03\x04"):
        return _archive(data)
    if data.startswith(OLE_MARK):
        return _compound(data)
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if head.startswith(b"{\\rtf"):
        return Kind.RTF
    if head.startswith(b"mime-version:"):
        return Kind.MHT
    if head.startswith(b"<?xml"):
        return Kind.HTML if b"<html" in head else Kind.XML
    return Kind.HTML if head.startswith(_HTML) else None


def is_text(data: bytes) -> bool:
    """Say whether a file of no known kind is text after all (TRAPS row 26)."""
    try:
        return bool(data) and not set(decode(data, "")[0]) & {"\x01", "\x02", "\x03"}
    except ReadError:
        return False


def _archive(data: bytes) -> Kind:
    """Tell archives apart by the names of their parts, which stand in them as they are."""
    found = [
        kind
        for part, kind in ((b"xl/workbook", Kind.XLSX), (b"word/document", Kind.DOCX))
        if part in data
    ]
    return found[0] if len(found) == 1 else Kind.ARCHIVE


def _compound(data: bytes) -> Kind:
    """Tell compound files apart by the names of their streams."""
    for name, kind in (
        ("EncryptedPackage", Kind.LOCKED),
        ("WordDocument", Kind.DOC),
        ("Workbook", Kind.XLS),
    ):
        if name.encode("utf-16-le") in data:
            return kind
    return Kind.XLS if "Book\0".encode("utf-16-le") in data else Kind.OLE

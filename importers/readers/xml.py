"""XML that nobody vouches for: no entities, no document type, nothing from elsewhere."""

from __future__ import annotations

from typing import IO
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

_PORTION = 1 << 16
_SAFE = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}


def root(data: bytes) -> Element:
    """Parse a whole part. Raises ValueError, etree.XMLSyntaxError."""
    found = etree.fromstring(data, etree.XMLParser(**_SAFE))
    _refuse_document_type(found)
    return found


def elements(stream: IO[bytes], name: str, within: str) -> Iterator[Element]:
    """Stream the elements of a name, to the end of what they stand in; each is emptied for the next.

    What follows is read for its check sum alone: it may be larger than all before. Raises
    ValueError at the end where the part declares a document type, whatever its encoding;
    etree.XMLSyntaxError.
    """
    context = etree.iterparse(stream, tag=[f"{{*}}{name}", f"{{*}}{within}"], **_SAFE)
    for _, element in context:
        if local(element) == within:
            _refuse_document_type(element)
            break
        yield element
        element.clear()
        parent = element.getparent()
        while parent is not None and parent[0] is not element:
            del parent[0]
    while stream.read(_PORTION):
        pass


def local(element: Element) -> str:
    """Give the name of an element without its namespace; "" for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _refuse_document_type(element: Element) -> None:
    if element.getroottree().docinfo.internalDTD is not None:
        raise ValueError(element.tag)

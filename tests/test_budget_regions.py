"""The whole sets of other regions and of final accounts, in every format: all of it is read right.

Each set is laid out in `tests/documents/regions`; beside it stands what must be read of it.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests import laid

from yusuan.importers.budget import recognise
from yusuan.importers.readers import docx
from yusuan.importers.readers import html
from yusuan.importers.readers import txt
from yusuan.importers.readers import xlsx
from yusuan.ledger.tables.identities import verify

FOLDER = Path(__file__).parent / "documents" / "regions"
SETS = sorted(path.stem for path in FOLDER.glob("*.lay"))
READ = {"html": html.read, "xlsx": xlsx.read, "docx": docx.read, "txt": txt.read}


@pytest.mark.parametrize("ending", READ)
@pytest.mark.parametrize("name", SETS)
def test_a_whole_set_is_read(name: str, ending: str) -> None:
    text = (FOLDER / f"{name}.lay").read_text(encoding="utf-8")
    document = recognise(READ[ending](laid.WRITERS[ending](text), f"a.{ending}"))
    assert laid.said(document) == (FOLDER / f"{name}.read").read_text(encoding="utf-8")
    assert verify(document).failed == ()

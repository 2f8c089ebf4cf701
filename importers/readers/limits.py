"""Limits on what a document may be: a published budget is far below each of them."""

from __future__ import annotations

#: Bytes of a file. The largest published budget seen is below 1 MB.
MAX_BYTES = 20_000_000

#: Rows of a grid.
MAX_ROWS = 100_000

#: Cells of one row (a spreadsheet cannot have more columns).
MAX_COLUMNS = 16_384

#: Cells of a grid.
MAX_CELLS = 1_000_000

#: Bytes that the parts of an xlsx file may unpack to.
MAX_UNPACKED_BYTES = 128 * 1024 * 1024

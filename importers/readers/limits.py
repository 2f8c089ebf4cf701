"""Limits on what a document may be: a published budget is far below each of them."""

from __future__ import annotations

#: Bytes of a file. The largest published budget seen is below 1 MB.
MAX_BYTES = 20_000_000

#: Rows of a grid: a workbook of 100,000 payments has a few more.
MAX_ROWS = 200_000

#: Cells of one row (a spreadsheet cannot have more columns).
MAX_COLUMNS = 16_384

#: Cells of a grid: 100,000 payments of twenty columns.
MAX_CELLS = 2_000_000

#: Bytes that the parts of an xlsx file may unpack to.
MAX_UNPACKED_BYTES = 128 * 1024 * 1024

#: Seconds and bytes of memory for reading a file of up to so many bytes in its own process.
READ_SECONDS = 8
READ_MEMORY = 512 * 1024 * 1024
READ_BYTES = 200_000

#: The same seconds for a PDF, whose pages are taken apart letter by letter.
PDF_SECONDS = 90

#: What every further 100,000 bytes may cost: a workbook of 100,000 payments has 5 million.
SECONDS_A_PORTION = 4
MEMORY_A_PORTION = 32 * 1024 * 1024
PORTION_BYTES = 100_000

#: Bytes that such a process may hand back or write.
MAX_ANSWER_BYTES = 512 * 1024 * 1024

#: LibreOffice alone starts for seconds, and asks for much more memory than it uses.
OFFICE_SECONDS = 60
OFFICE_MEMORY = 4 * 1024 * 1024 * 1024

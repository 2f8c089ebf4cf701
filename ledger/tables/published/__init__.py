"""The tables of a budget (T1–T9) as a book holds them: made, not read.

One module a kind of table; `budget` puts them together. HANDBOOK §5.1 has their layout. What a
book cannot know is left blank and said in a note; what it knows to be nothing is 0.00.
"""

from __future__ import annotations

"""What is said when a code, or a table of codes, cannot be read."""

from __future__ import annotations


class CodeTableError(ValueError):
    """A code table or a code that is refused; the message names file, cell, fault and remedy."""

    def __init__(self, where: str, fault: str, remedy: str) -> None:
        """Make one Chinese sentence of the place, what is wrong there and what to do."""
        super().__init__(f"{where}：{fault}；{remedy}。")
        self.where = where

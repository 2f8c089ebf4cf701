"""The one error of the readers."""

from __future__ import annotations


class ReadError(ValueError):
    """A file that cannot be read as a document; the message is one Chinese sentence."""

    def __init__(self, file: str, why: str) -> None:
        """Say which file, what is wrong and what to do."""
        super().__init__(f"{file}：{why}。")
        self.file = file
        self.why = why

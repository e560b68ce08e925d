"""A passphrase or one-time code on its way from the form to the key: seen by nothing between."""

from __future__ import annotations

from typing import NoReturn


class Secret:
    """Text that no log, traceback, template, job or session can show: only ``reveal`` gives it."""

    __slots__ = ("_text", "is_code")

    def __init__(self, text: str, *, is_code: bool = False):
        self._text = text
        self.is_code = is_code
        """Whether it is a one-time code in place of the passphrase."""

    def reveal(self) -> str:
        return self._text

    def __bool__(self) -> bool:
        return bool(self._text)

    def __repr__(self) -> str:
        return "<rahasia>"

    __str__ = __repr__

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("a secret is never stored")

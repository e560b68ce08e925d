"""The services on a permit that a daerah offers, as pages tell of them: title, words, cost."""

import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from imbportal.daerah.schema import Daerah
from imbportal.daerah.tariffs import Fee
from imbportal.daerah.ways import OUTSIDE, Track


class Offered(NamedTuple):
    """One service with the fees of the tariff that it owes."""

    code: str
    track: Track
    fees: tuple[Fee, ...]

    @property
    def total(self) -> Decimal:
        """Return the sum of the fees, without what a building may be charged beside them."""
        return sum((fee.value for fee in self.fees), Decimal(0))

    @property
    def cites(self) -> str:
        return "; ".join(dict.fromkeys(fee.cite for fee in self.fees))

    @property
    def sample(self) -> bool:
        return any(fee.contoh for fee in self.fees)


def offered(daerah: Daerah, day: datetime.date) -> list[Offered]:
    """Return the services with what they cost on a day."""
    return [
        Offered(code, track, tuple(_fees(daerah, track, day)))
        for code, track in daerah.sides[True].track.items()
        if code != OUTSIDE
    ]


def _fees(daerah: Daerah, track: Track, day: datetime.date) -> Iterator[Fee]:
    in_force = [
        tariff
        for tariff in daerah.tariff
        if tariff.berlaku <= day and (tariff.sampai is None or day <= tariff.sampai)
    ]
    for code in track.biaya if in_force else ():
        if fee := in_force[-1].biaya.get(code):
            yield fee

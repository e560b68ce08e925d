"""What ``hitung_retribusi`` takes, checked; a refusal is one line for the person who asked.

Which words a table knows is not said here: the tables decide, when the formula looks them up.
"""

import datetime
import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Generic, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    ValidationError,
    field_validator,
    model_validator,
)

MOST = Decimal(10) ** 12
"""First figure that is too large to be meant; keeps exact arithmetic exact."""
MOST_DECIMALS = 10


class Refused(ValueError):
    """The input cannot be calculated; the message is one Indonesian line."""


def _number(value: Any) -> Decimal:
    """Read a figure given as text or number with a decimal point."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str, Decimal)):
        raise ValueError("harus angka")
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        raise ValueError("harus angka, dengan titik untuk desimal") from None
    if not number.is_finite() or not 0 <= number < MOST:
        raise ValueError("harus angka dari 0 sampai di bawah 1.000.000.000.000")
    exponent = number.normalize().as_tuple().exponent
    if isinstance(exponent, int) and -exponent > MOST_DECIMALS:
        raise ValueError(f"paling banyak {MOST_DECIMALS} angka di belakang koma")
    return number


def _positive(number: Decimal) -> Decimal:
    if not number:
        raise ValueError("harus lebih dari 0")
    return number


def _whole(value: Any) -> int:
    number = _number(value)
    if number != int(number):
        raise ValueError("harus bilangan bulat")
    return int(number)


def _code(value: Any) -> str:
    """Read a word of a table; codes made of digits may come as numbers."""
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        raise ValueError("harus kode, sebagai teks")
    return str(value).strip()


def _date(value: Any) -> datetime.date:
    if type(value) is datetime.date:
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            pass
    raise ValueError("harus tanggal TTTT-BB-HH")


Number = Annotated[Decimal, BeforeValidator(_number)]
Positive = Annotated[Decimal, BeforeValidator(lambda value: _positive(_number(value)))]
Whole = Annotated[int, BeforeValidator(_whole)]
Word = Annotated[str, BeforeValidator(_code), Field(min_length=1)]
Day = Annotated[datetime.date, BeforeValidator(_date)]


class Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Part(Form):
    """A building or a part of one; ``nama`` only labels its lines. ``luas`` in m²."""

    nama: str = Field(default="", max_length=120)
    luas: Positive
    fungsi: Word


class Permen24Part(Part):
    kompleksitas: Word
    permanensi: Word
    risiko_kebakaran: Word
    zona_gempa: Word
    kepadatan: Word
    ketinggian: Word
    kepemilikan: Word
    waktu_penggunaan: Word
    di_bawah_tanah_atau_air: StrictBool = False


class Pp16Part(Part):
    kompleksitas: Word
    permanensi: Word
    lantai: Whole
    lapis_basemen: Whole = 0
    luas_basemen: Number = Decimal(0)
    """m², part of ``luas``."""
    kepemilikan: Word

    @model_validator(mode="after")
    def _floors_fit(self) -> "Pp16Part":
        if self.luas_basemen > self.luas:
            raise ValueError("luas_basemen melebihi luas")
        if bool(self.luas_basemen) != bool(self.lapis_basemen):
            raise ValueError("lapis_basemen dan luas_basemen harus diisi keduanya")
        if not self.lantai and self.luas_basemen < self.luas:
            raise ValueError("lantai harus lebih dari 0")
        return self


class DatarPart(Part):
    """A part under a flat rate, which asks for no classification."""


class Prasarana(Form):
    kode: Word
    volume: Positive
    kegiatan: Word | None = None


class WhatIf(Form):
    """Parameters tried instead of those in force."""

    hsbg: Number | None = None
    shst: Number | None = None
    ilo: Number | None = None
    """Percent."""
    rate: Number | None = None
    prasarana: dict[Word, Number] = {}
    biaya: dict[Word, Number] = {}


PartT = TypeVar("PartT", bound=Part)


class Input(Form, Generic[PartT]):
    tanggal: Day
    kegiatan: Word | None = None
    """The work; only where nothing but fees is charged there is none."""
    bangunan: list[PartT] = Field(max_length=200)
    prasarana: list[Prasarana] = Field(default=[], max_length=200)
    biaya: list[Word] = Field(default=[], max_length=50)
    kondisi: Word | None = None
    keringanan: Word | None = None
    tarif: WhatIf | None = None

    @field_validator("biaya")
    @classmethod
    def _each_once(cls, codes: list[str]) -> list[str]:
        """Refuse a fee that stands there twice: a form has one box for it, so nobody owes two."""
        if twice := next((code for code in codes if codes.count(code) > 1), None):
            raise ValueError(f"{twice} ditulis dua kali")
        return codes

    @model_validator(mode="after")
    def _not_empty(self) -> "Input[PartT]":
        if not (self.bangunan or self.prasarana or self.biaya):
            raise ValueError("isi bangunan, prasarana, atau biaya")
        if self.kegiatan is None and (self.bangunan or self.prasarana):
            raise ValueError("kegiatan: belum diisi")
        return self


PARTS: dict[str, type[Part]] = {
    "permen24": Permen24Part,
    "pp16": Pp16Part,
    "datar": DatarPart,
}
"""What each formula asks of a building."""
FORMS: dict[str, type[Input[Any]]] = {
    "permen24": Input[Permen24Part],
    "pp16": Input[Pp16Part],
    "datar": Input[DatarPart],
}


class _Dated(BaseModel):
    tanggal: Day


def day(raw: Any) -> datetime.date:
    """Return the date whose tariff counts. Raises Refused."""
    if not isinstance(raw, Mapping):
        raise Refused("Masukan harus objek JSON.")
    return _validated(_Dated, raw).tanggal


def read(raw: Mapping[str, Any], formula: str) -> Input[Any]:
    """Return the input that this formula takes. Raises Refused."""
    return _validated(FORMS[formula], raw)


ModelT = TypeVar("ModelT", bound=BaseModel)


def _validated(model: type[ModelT], raw: Mapping[str, Any]) -> ModelT:
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        raise Refused(_line(error.errors(include_url=False)[0])) from None


_WORDS = {
    "extra_forbidden": "kunci tidak dikenal",
    "missing": "belum diisi",
    "string_too_short": "belum diisi",
    "string_too_long": "terlalu panjang",
    "string_type": "harus teks",
    "bool_type": "harus true atau false",
    "list_type": "harus daftar",
    "too_long": "terlalu banyak baris",
    "dict_type": "harus objek",
    "model_type": "harus objek",
    "model_attributes_type": "harus objek",
}


def _line(error: Any) -> str:
    """Return one of pydantic's errors as ``bangunan[0].luas: harus angka``."""
    path = ""
    for part in error["loc"]:
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else str(part)
    cause = error.get("ctx", {}).get("error")
    message = str(cause) if cause else _WORDS.get(error["type"], "tidak sah")
    return " ".join(f"{path}: {message}".removeprefix(": ").split())

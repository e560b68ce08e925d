"""The same ways of writing as template filters, built in to every template.

An empty value prints nothing, so that a template need not ask first.
"""

from functools import wraps

from django import template

from imbportal import indonesia

register = template.Library()


def _filter(function):
    """Register ``function`` so that None and "" pass as an empty text."""

    @wraps(function)
    def written(value, *args):
        return "" if value is None or value == "" else function(value, *args)

    register.filter(function.__name__, written)


for _function in (
    indonesia.rupiah,
    indonesia.angka,
    indonesia.terbilang,
    indonesia.tanggal,
    indonesia.roman,
    indonesia.mask_nik,
    indonesia.mask_name,
    indonesia.short_name,
    indonesia.normalise_phone,
    indonesia.persen,
    indonesia.telepon,
):
    _filter(_function)

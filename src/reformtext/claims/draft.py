"""A claim in the making, and the patterns of words that more than one step of its making reads."""

import re
from dataclasses import dataclass

from reformtext.texts.numerals import Number

AMOUNT_UNITS = re.compile(r"元$|吨|公里|米$|亩|公顷|千瓦|斤|担|公斤|克|升|箱|方$|GW|MW|P$|马力|里$|度$")
LIST_GLUE = re.compile(r"\s*+(?:[、,，∶:：]|和|及|与|或|以及|[-—–－~～至到]{1,2})\s*+(?:和|及)?\s*+")


@dataclass(slots=True)
class Draft:
    """A claim in the making: the number and what its sentence says of it."""

    number: Number
    kind: str
    direction: str = ""
    indicator: str = ""
    basis: str = ""
    period: str = ""
    status: str = "reported"
    scope: str = ""
    price: str = ""
    source: str = ""
    place: str = ""
    role: str = ""  # "from", "to" of a change
    verb: str = ""
    listed: bool = False
    stock: bool = False

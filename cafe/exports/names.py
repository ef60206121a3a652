"""The names under which people and contributions leave: they say nothing of who is who."""

import hmac
import re
import secrets
from array import array
from collections.abc import Collection

# The bytes of a number drawn to set the order: two people who draw the same are not to be feared.
LOT = 8
SIGNED = re.compile(r"C(\d{1,9})-([0-9a-f]{8})\Z")


def drawn(numbers: Collection[int], letter: str) -> dict[int, str]:
    """P0001, P0002… in an order drawn for this export: two exports do not match."""
    lots = iter(array("Q", secrets.token_bytes(LOT * len(numbers))))
    return _placed(sorted(numbers, key=lambda _number: next(lots)), letter)


def numbered(numbers: Collection[int], letter: str) -> dict[int, str]:
    """P0001, P0002… in the order of the base: equal content makes equal names."""
    return _placed(sorted(numbers), letter)


def _placed(order: list[int], letter: str) -> dict[int, str]:
    width = max(len(str(len(order))), 4)
    return {number: f"{letter}{place:0{width}}" for place, number in enumerate(order, 1)}


def lasting_people(numbers: Collection[int]) -> dict[int, str]:
    """The same name for the same person, whoever withdrew since."""
    return {number: f"P{number:04}" for number in numbers}


def lasting_texts(numbers: Collection[int], key: str) -> dict[int, str]:
    """The same name for the same contribution, signed, so that no drawn name and no other install's is taken for it."""
    return {number: f"C{number:05}-{_signature(number, key)}" for number in numbers}


def number_of(name: str, key: str) -> int | None:
    """The contribution that a lasting name names; None for any other name."""
    found = SIGNED.match(name.strip())
    if found is None or not hmac.compare_digest(found[2], _signature(int(found[1]), key)):
        return None
    return int(found[1])


def _signature(number: int, key: str) -> str:
    return hmac.new(key.encode(), f"contribution {number}".encode(), "sha256").hexdigest()[:8]

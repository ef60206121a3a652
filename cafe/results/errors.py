"""The tagger's errors as those who hold the gold measure them: a place that the results read, filled by who knows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class OptionErrors:
    """What the gold says of a tag: of the texts that carry it, the share found; of the others, the share spared."""

    sensitivity: float
    specificity: float
    carrying: int
    texts: int


Measured = Mapping[tuple[str, str], OptionErrors]


@dataclass(frozen=True)
class TaggerErrors:
    """`mark`: changes when the gold does; `measure`: the errors by (family, option), where gold allows it."""

    mark: Callable[[], str] = lambda: ""
    measure: Callable[[], Measured] = dict

"""The geometry of bars and the French of their figures; pure, so that a template only places them."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

WIDTH = 100
FAINT = 0.1
OPENED, CLOSED = re.compile(r"«\s*"), re.compile(r"\s*»")


@dataclass(frozen=True)
class Bar:
    """One bar: lengths from 0 to WIDTH, and the figures written beside it; no interval: `low` is None."""

    option: str
    label: str
    width: float
    low: float | None
    high: float | None
    figure: str
    interval: str


def bars(rows: list[dict]) -> list[Bar]:
    """The bars of one chart, on one scale that holds every value and every interval."""
    top = max((max(row["value"], row["high"] or 0) for row in rows), default=0) or 1
    digits = decimals([row["value"] for row in rows])
    return [_bar(row, top, partial(number, digits=digits), partial(percent, digits=digits)) for row in rows]


def note_bars(rows: list[dict]) -> list[Bar]:
    """The bars of means from 1 to 5, each on the whole scale."""
    return [_bar(row, 5, note, note) for row in rows]


def _bar(row: dict, top: float, plain: Callable[[float], str], figure: Callable[[float], str]) -> Bar:
    value, low, high = (None if row[name] is None else _length(row[name], top) for name in ("value", "low", "high"))
    interval = "" if low is None else f"{plain(row['low'])}–{plain(row['high'])}"
    return Bar(row["option"], row["label"], value, low, high, figure(row["value"]), interval)


def note(mean: float) -> str:
    """A mean from 1 to 5: « 3,8 »."""
    return f"{mean:.1f}".replace(".", ",")


def _length(value: float, top: float) -> float:
    return round(min(max(value / top, 0), 1) * WIDTH, 2)


def lengths(counts: list[int]) -> list[float]:
    """Bars for counts, the largest taking the whole width."""
    top = max(counts, default=0) or 1
    return [_length(count, top) for count in counts]


def decimals(values: list[float]) -> int:
    """One decimal when every share is small: whole figures would then hide what the bars show."""
    return 1 if values and max(values) < FAINT else 0


def precise(values: Iterable[float]) -> Callable[[float], str]:
    """How the percentages of one chart are written, in its bars and in the sentence above them."""
    return partial(percent, digits=decimals(list(values)))


def number(share: float, digits: int = 0) -> str:
    """A share from 0 to 1 as a French percentage, without its sign: « 6,4 »."""
    return f"{100 * share:.{digits}f}".replace(".", ",")


def percent(share: float, digits: int = 0) -> str:
    """« 34 % », its space never broken."""
    return f"{number(share, digits)}\N{NO-BREAK SPACE}%"


def quoted(words: str) -> str:
    """« these words », whose marks never stand alone on a line; those already within become “ ”."""
    inner = CLOSED.sub("”", OPENED.sub("“", words))
    return f"«\N{NO-BREAK SPACE}{inner}\N{NO-BREAK SPACE}»"


def people(count: int) -> str:
    return f"{count}\N{NO-BREAK SPACE}personne{'s' if count > 1 else ''}"

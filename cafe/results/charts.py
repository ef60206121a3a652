"""The geometry of bars and the French of their figures; pure, so that a template only places them."""

from dataclasses import dataclass

WIDTH = 100
FAINT = 0.1


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
    return [_bar(row, top, digits) for row in rows]


def _bar(row: dict, top: float, digits: int) -> Bar:
    value, low, high = (None if row[name] is None else _length(row[name], top) for name in ("value", "low", "high"))
    interval = "" if low is None else f"{number(row['low'], digits)}–{number(row['high'], digits)}"
    return Bar(row["option"], row["label"], value, low, high, percent(row["value"], digits), interval)


def _length(value: float, top: float) -> float:
    return round(min(max(value / top, 0), 1) * WIDTH, 2)


def lengths(counts: list[int]) -> list[float]:
    """Bars for counts, the largest taking the whole width."""
    top = max(counts, default=0) or 1
    return [_length(count, top) for count in counts]


def decimals(values: list[float]) -> int:
    """One decimal when every share is small: whole figures would then hide what the bars show."""
    return 1 if values and max(values) < FAINT else 0


def number(share: float, digits: int = 0) -> str:
    """A share from 0 to 1 as a French percentage, without its sign: « 6,4 »."""
    return f"{100 * share:.{digits}f}".replace(".", ",")


def percent(share: float, digits: int = 0) -> str:
    """« 34 % », its space never broken."""
    return f"{number(share, digits)}\N{NO-BREAK SPACE}%"


def people(count: int) -> str:
    return f"{count}\N{NO-BREAK SPACE}personne{'s' if count > 1 else ''}"

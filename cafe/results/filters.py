"""What the analyst asked to see, read from an address and written back into one."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from cafe.errors import Refusal
from cafe.people.stakeholders_fields import read_day
from cafe.results.labels import SOURCES, Labels
from cafe.results.slices import WHOLE, Slice

MEASURES = {"expressed": "réponses exprimées", "cited": "personnes", "score": "points"}
WEIGHTS = {"value": "chaque groupe pèse autant", "unweighted": "chaque personne pèse autant"}
VIEWS = ("total", "all")
BACKWARDS = "Le premier jour vient après le dernier : la période n’a pas été retenue."


@dataclass(frozen=True)
class Shown:
    """Where the scores hold what is asked: a view, and what it fixes."""

    view: str
    group: str = ""
    target: str = ""
    source: str = ""


@dataclass(frozen=True)
class Filters:
    """What was asked; anything unknown falls back on what is shown first. `fault`: what was refused, in a sentence."""

    measure: str = "expressed"
    view: str = "total"
    group: str = ""
    target: str = ""
    source: str = ""
    weight: str = "value"
    since: date | None = None
    until: date | None = None
    fault: str = ""

    @classmethod
    def read(cls, args: Mapping[str, str], known: Labels) -> "Filters":
        return cls(
            _known(args.get("mesure"), MEASURES, "expressed"), _known(args.get("vue"), VIEWS, "total"),
            _known(args.get("groupe"), known.groups, ""), _known(args.get("cible"), known.targets, ""),
            _known(args.get("source"), SOURCES, ""), _known(args.get("poids"), WEIGHTS, "value"),
            *_period(args),
        )  # fmt: skip

    def link(self, **change) -> dict[str, str]:
        """The query of the same page with some filters changed; what is shown first needs no word."""
        current = {
            "mesure": self.measure, "vue": self.view, "groupe": self.group, "cible": self.target,
            "source": self.source, "poids": self.weight, "du": self.since and self.since.isoformat(),
            "au": self.until and self.until.isoformat(),
        }  # fmt: skip
        first = {"mesure": "expressed", "vue": "total", "poids": "value"}
        return {name: value for name, value in (current | change).items() if value and value != first.get(name)}

    @property
    def narrows(self) -> bool:
        """Whether fewer people or words are looked at than all of them."""
        return any((self.group, self.target, self.source, self.since, self.until))

    def shown(self, known: Labels) -> tuple[Slice, Shown]:
        """The part of the dialogue to compute, and where its scores hold the figures.

        The scores of the whole hold each group, target and way over the groups of the total, and a target within each
        of those groups. Anything else, and any period, is a part of its own.
        """
        if self.group:
            kept = self.target and known.in_total.get(self.group)
            place = Shown("group_target", self.group, self.target) if kept else Shown("group", self.group)
            apart = {"source": self.source, "target": "" if kept else self.target}
        elif self.view == "total" and bool(self.target) != bool(self.source):
            place = Shown("target" if self.target else "source", "", self.target, self.source)
            apart = {}
        else:
            place, apart = Shown(self.view), {"source": self.source, "target": self.target}
        return Slice(self.since, self.until, **apart), place

    def of_whole(self, known: Labels, keep_groups: bool) -> "Filters":
        """The same, less what the figures of the whole do not hold: a frozen dataset has no others."""
        whole = replace(self, since=None, until=None)
        if keep_groups:
            return replace(whole, source="", target="")
        for name in ("source", "target"):
            whole = whole if whole.shown(known)[0] == WHOLE else replace(whole, **{name: ""})
        return whole

    def part(self, keep_groups: bool = True) -> Slice:
        """All that narrows, as one part; `keep_groups`: for what compares the groups."""
        return Slice(self.since, self.until, self.source, "" if keep_groups else self.group, self.target)


def _period(args: Mapping[str, str]) -> tuple[date | None, date | None, str]:
    """The first and the last day, each perhaps open; or neither, and why."""
    try:
        since, until = read_day(args.get("du", "").strip()), read_day(args.get("au", "").strip())
    except Refusal as refusal:
        return None, None, str(refusal)
    return (None, None, BACKWARDS) if since and until and since > until else (since, until, "")


def _known(asked: str | None, values, otherwise: str) -> str:
    return asked if asked in values else otherwise

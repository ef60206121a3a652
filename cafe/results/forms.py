"""What a request asks of the results, and what every page of theirs needs to say it back."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask import request, url_for
from sqlalchemy import select

from cafe.clock import now
from cafe.errors import NotFound
from cafe.forum.cafes import nearest_cafe
from cafe.people.models import Participant
from cafe.people.phases import stages
from cafe.referential.services import current_tagger
from cafe.results.filters import MEASURES, WEIGHTS, Filters, Shown
from cafe.results.labels import OTHER, SOURCES, Labels, labels
from cafe.results.queries import Carried
from cafe.results.readers_desk import dataset_read
from cafe.results.rendering import Shown as Results
from cafe.results.slices import Slice
from cafe.statements import Ready
from cafe.web import wants_fragment
from cafe.zones import PARIS

# A page that waits asks again and again; once the figures are there, the browser opens it anew.
READY = "", 200, {"HX-Refresh": "true"}
_targets = Ready(select(Participant.target).where(Participant.erased_at.is_(None)).distinct())


@dataclass(frozen=True)
class Period:
    """A period that one may choose with one tap."""

    label: str
    since: date
    until: date


def asked(known: Labels, keep_groups: bool = False) -> tuple[Filters, Slice, Shown]:
    """The filters of the request, the part to compute and where it holds the figures.

    `keep_groups`: for a page that compares the groups, where one of them alone is never the part.
    """
    filters = Filters.read(request.values, known)
    filters = filters.of_whole(known, keep_groups) if dataset_read() else filters
    return (filters, filters.part(), Shown(filters.view)) if keep_groups else (filters, *filters.shown(known))


def read_carried(family: str, option: str) -> list[Carried]:
    """The option of the address, and those that `avec` adds as « family:option ». Raises NotFound."""
    also = (pair.partition(":") for pair in request.args.getlist("avec"))
    return [_carried(family, option), *(_carried(name, code) for name, _, code in also)]


def _carried(family: str, option: str) -> Carried:
    found = next((known for known in current_tagger().referential.families if known.code == family), None)
    own = [tag for tag in found.tags if option in (tag.code, tag.parent)] if found else []
    label = labels().options.get((family, option))
    if not label or not (own or option.startswith(OTHER)):
        raise NotFound("Cette réponse n’est pas dans le référentiel.")
    return Carried(family, option, label, tuple(tag.code for tag in own) or (option,))


def is_ready(shown: Results) -> bool:
    """Whether a page that waits asked again, and what it waits for is there."""
    return wants_fragment() and shown.work is None


def context(shown: Results, filters: Filters, part: Slice, known: Labels, more: dict[str, str] | None = None) -> dict:
    """What the filters' panel and the state of the figures say. `more`: what the page itself was asked, kept along."""
    page = (request.view_args or {}) | (more or {})

    def here(**change) -> str:
        return url_for(request.endpoint, **(page | filters.link(**change)))

    return {
        "here": here, "chosen": _chosen(filters, known), "clear": url_for(request.endpoint, **page), "more": more or {},
        "shown": shown, "filters": filters, "part": part, "known": known, "measures": MEASURES, "weights": WEIGHTS,
        "sources": SOURCES, "views": views(known), "periods": periods(), "targets": _spoken_targets(known),
    }  # fmt: skip


def _chosen(filters: Filters, known: Labels) -> dict[str, str]:
    """What narrows, in words, by the name that takes it away."""
    said = {
        "groupe": known.groups.get(filters.group), "cible": filters.target and f"cible {known.targets[filters.target]}",
        "source": SOURCES.get(filters.source), "du": filters.since and f"depuis le {filters.since:%d/%m/%Y}",
        "au": filters.until and f"jusqu’au {filters.until:%d/%m/%Y}",
    }  # fmt: skip
    return {name: words for name, words in said.items() if words}


def views(known: Labels) -> dict[str, str]:
    """The total and all, by the groups that make the difference; nothing to choose when there is none."""
    apart = [label for code, label in known.groups.items() if not known.in_total[code]]
    named = ", ".join(apart)
    return {"total": f"sans {named}", "all": f"avec {named}"} if apart else {"total": "tous les groupes"}


def periods() -> list[Period]:
    """The phases that have begun and the nearest café, as periods."""
    today = now().astimezone(PARIS).date()
    begun = [
        Period(stage.label, stage.starts_on, stage.ends_on or today)
        for stage in stages(today)
        if stage.starts_on and stage.starts_on <= today
    ]
    cafe = nearest_cafe(today)
    days = [Period("Le café", cafe.first_day, cafe.first_day + timedelta(days=cafe.days - 1))] if cafe else []
    return begun + days


def _spoken_targets(known: Labels) -> dict[str, str]:
    """The targets that someone chose."""
    chosen = {row.target for row in _targets.rows()}
    return {code: label for code, label in known.targets.items() if code in chosen}

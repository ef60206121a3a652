"""What people wrote around the figures, as the deck takes it: published texts, the committee's lights, objections."""

from collections.abc import Mapping

from sqlalchemy import select

from cafe.extensions import run
from cafe.moderation.models import Objection
from cafe.people.committee import lights
from cafe.people.models import PHASES
from cafe.people.phases import LABELS
from cafe.restitution.models import LEAD, LESSON, OBJECTIVES
from cafe.restitution.published import published_pieces
from cafe.restitution.quotable import current_edition, left, standing
from cafe.restitution.written import Light, Passage, Written
from cafe.results.frames import contribution_names
from cafe.zones import PARIS


def written(names: Mapping[int, str] | None = None) -> Written:
    """What the team published, and which contributions may not be quoted.

    `names`: the pseudonym of each contribution, by its number in the base, in the tables that the deck is made of; by
    default those of this moment. Once an edition has announced its quotes, no other words may be quoted in it.
    """
    pieces = published_pieces()
    texts = {kind: tuple(Passage(told.title, told.words, told.decided) for told in pieces[kind]) for kind in pieces}
    edition = current_edition()
    return Written(
        objectives="\n\n".join(passage.words for passage in texts[OBJECTIVES]),
        lessons=texts[LESSON],
        leads=texts[LEAD],
        lights=tuple(_lights()),
        not_quoted=_not_quoted(contribution_names() if names is None else names, edition),
        withdrawn=left(edition) if edition else 0,
    )


def _not_quoted(names: Mapping[int, str], edition) -> frozenset[str]:
    if edition is None:
        objected = set(run(select(Objection.contribution_id)).scalars())
        return frozenset(names[number] for number in objected & names.keys())
    return frozenset(names[number] for number in names.keys() - standing(edition.id))


def _lights():
    """Each member's last word on each phase, in the phases' order; logins stay in the house."""
    known = lights()
    members = sorted({light.login for said in known.values() for light in said})
    for phase in PHASES:
        for light in known.get(phase, ()):
            signed = f"Comité d’experts, membre {members.index(light.login) + 1}"
            yield Light(LABELS[phase], signed, light.text, light.written_at.astimezone(PARIS).date())

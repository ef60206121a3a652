"""What the reader of this request reads: the live results, or a frozen dataset, and which pages of it."""

from flask import g, request

from cafe import access
from cafe.errors import NotAllowed
from cafe.results.freezing import find
from cafe.results.models import FrozenDataset
from cafe.results.opening import OPENABLE, Opening, opening_of
from cafe.results.site import PAGES, SitePage
from cafe.web import current_actor, read_number

CLOSED = {
    "committee": "L’organisation n’a pas ouvert les résultats au comité.",
    "citizens": "Les résultats ne sont pas encore ouverts. Ce sera dit sur la page du café.",
}
NOT_THIS = "Cette page de résultats n’est pas ouverte."


def _audience() -> str:
    return "committee" if access.is_staff(current_actor()) else "citizens"


def _opening() -> Opening:
    """What is open to a reader who is none of the team; raises NotAllowed when nothing is."""
    audience = _audience()
    opening = opening_of(audience)
    if opening.way == "closed":
        raise NotAllowed(CLOSED[audience])
    return opening


def dataset_read(slug: str = "") -> FrozenDataset | None:
    """The dataset to read, None for the live results; the team chooses by the address, others read what is open.

    Raises NotAllowed when this page, or this dataset, is not open to the reader.
    """
    asked = read_number(request.args.get("jeu", ""))
    if access.may_analyse(current_actor()):
        return _found(asked) if asked else None
    opening = _opening()
    if asked not in (0, opening.frozen_id) or (slug and slug not in _slugs(opening)):
        raise NotAllowed(NOT_THIS)
    return _found(opening.frozen_id) if opening.frozen_id else None


def _found(number: int) -> FrozenDataset:
    """Looked up once a request."""
    if "dataset_read" not in g:
        g.dataset_read = find(number)
    return g.dataset_read


def _slugs(opening: Opening) -> tuple[str, ...]:
    return opening.pages if opening.frozen_id else OPENABLE["committee"]


def pages_read() -> tuple[SitePage, ...]:
    """The pages that the reader may read, in the order of the restitution."""
    if access.may_analyse(current_actor()):
        return PAGES
    slugs = _slugs(_opening())
    return tuple(page for page in PAGES if page.slug in slugs)


def refuse_unless_live() -> None:
    """For what moves with the café: a reader of a frozen dataset does not read it."""
    if not access.may_analyse(current_actor()) and _opening().way != "live":
        raise NotAllowed(NOT_THIS)


def keep_dataset(_endpoint: str, values: dict) -> None:
    """Let the links of the results' pages stay on the dataset that is read."""
    if asked := read_number(request.args.get("jeu", "")):
        values.setdefault("jeu", asked)

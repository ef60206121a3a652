"""What the tagger is told beside a text."""

from uuid import uuid4

from sqlalchemy import select

from cafe.corpus.models import Tag
from cafe.corpus.retagging import retag
from cafe.corpus.services import NewContribution, find_or_create_question, record
from cafe.extensions import run
from cafe.referential.services import current_tagger
from tests.conftest import NOON

CONTEXT = "Précarité numérique : Que proposez-vous ?"
TEXT = "La fondation de l’opérateur"
FOUND = {("modele_economique", "fondation_mecenat")}


def _tags(number: int) -> set[tuple[str, str]]:
    return {tuple(row) for row in run(select(Tag.family, Tag.code).where(Tag.contribution_id == number))}


def _say(about: str) -> int:
    question = find_or_create_question("essentiels", "Que proposez-vous ?", CONTEXT)
    new = NewContribution(str(uuid4()), 1, question, TEXT, asked=CONTEXT, about=about)
    return record(new, current_tagger(), "key", NOON).number


def test_a_text_is_read_beside_what_it_is_about_and_so_again_later(app):
    of_price, of_nothing = _say("cout_internet"), _say("")
    for _ in range(2):
        assert _tags(of_price) >= FOUND and not FOUND & _tags(of_nothing)
        retag([of_price, of_nothing], current_tagger())

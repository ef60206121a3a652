"""A hostile corpus, and exports written in a test as the site and the command write them."""

from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import select, update

from cafe.corpus.models import Contribution, Tag
from cafe.corpus.services import NewContribution, record
from cafe.exports.choices import Choices
from cafe.exports.formats import FORMATS
from cafe.exports.kept import Vault
from cafe.exports.services import corpus_of
from cafe.extensions import db, writing
from cafe.people.models import Group, Participant
from cafe.referential.services import current_tagger
from tests.conftest import NOON

KEY = "une-clé-d’essai"
# What spreadsheets, XML, IRaMuTeQ and careless slicing stumble on; each says what a rule tags.
HOSTILE = (
    '=HYPERLINK("http://x";"Internet est trop cher")',
    "＝1+1 Internet est trop cher",
    "@SUM(A1) ;=2+2\n-* coupé\n**** *groupe_faux\nInternet est trop cher",
    "_mot_ *jour_9 👩‍👩‍👧‍👦 e\u0301te\u0301 Internet est trop cher 😀",
    "مرحبا ]]> & <b> \ufffe\uffff Internet est trop cher",
    'Internet, "trop cher", dit-il\r\n"",\r,\n"',
    "Internet est trop cher. " + "très long " * 3_500,
)


@dataclass(frozen=True)
class Exporter:
    """Writes any format of the house's base in a folder."""

    folder: object

    def __call__(self, format: str, **choices):
        path = self.folder / f"{uuid4()}.{format}"
        corpus = corpus_of(format, Choices(**choices), Vault(self.folder, KEY), NOON)
        FORMATS[format].write(corpus, path)
        return path


def say(text: str, question_id: int = 2, who: str = "Tilleul", **more) -> int:
    """A contribution in the base with its rules' tags; a long one as an import brings it. Returns its number."""
    person = db.session.scalar(select(Participant.id).where(Participant.pseudonym == who))
    new = NewContribution(str(uuid4()), person, question_id, text[:9_000], **more)
    number = record(new, current_tagger(), "key", NOON).number
    with writing() as session:
        session.execute(update(Contribution).where(Contribution.id == number).values(text=text))
    return number


def fill_hostile() -> None:
    """Hostile words as texts, the group's name, a subgroup and a tag that no référentiel has."""
    for text in HOSTILE:
        say(text)
    with writing() as session:
        session.execute(update(Group).values(label='=cmd|"/c calc" ＝ & <groupe> \ufffe'))
        session.execute(update(Participant).values(subgroup="+Aidants ;=1\t@x"))
        odd = {"family": "freins", "code": "=odd", "start": 0, "end": 3, "referential": 1, "contribution_id": 1}
        session.add(Tag(**odd, origin="human", state="confirmed", staff_id=1))


def tags_in_base() -> set[tuple[str, int, int, str]]:
    """Every standing tag: its contribution's text, its place, its key."""
    rows = db.session.execute(
        select(Contribution.text, Tag.start, Tag.end, Tag.family, Tag.code).join(Tag).where(Tag.state != "removed")
    )
    return {(text, start, end, f"{family}:{code}") for text, start, end, family, code in rows}

"""What the organiser's forms send: kept as it was typed, checked, each fault told in one sentence beside its field."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter, ValidationError

from cafe.corpus.words import clean_text
from cafe.errors import Refusal
from cafe.forum.definition import CafeSettings, QuestionDefinition, known_timezones, slug_of
from cafe.forum.models import USUAL_ZONE

LARGEST_PACK = 150_000
_pack = TypeAdapter(list[QuestionDefinition])
HOUR = "Choisissez une heure de la liste."
CAFE_FAULTS = {
    "title": "Donnez un titre, de 120 signes au plus.",
    "slug": "Écrivez des petites lettres sans accent, des chiffres et des tirets, 40 signes au plus.",
    "first_day": "Choisissez le premier jour, entre 2000 et 2100.",
    "days": "Un café dure de 1 à 100 jours.",
    "opening_hour": HOUR,
    "timezone": "Choisissez un fuseau de la liste.",
    "moderation": "Dites quand l’équipe lit les messages.",
    "quiet_from": HOUR,
    "quiet_to": HOUR,
    "reminder_hour": HOUR,
}
QUESTION_FAULTS = {
    "text": "Écrivez la question, en 2 000 signes au plus.",
    "host": "Le message fait 2 000 signes au plus.",
    "visibility": "Dites qui lit les réponses.",
    "feeds": "Choisissez des familles de la liste.",
    "n": "Une journée a 9 questions au plus.",
}
# Faults that only a rule of ours can find.
OWN_FAULTS = {
    "slug": "Cette adresse est réservée. Choisissez-en une autre.",
    "reminder_hour": "Le rappel tombe dans les heures calmes. Choisissez une autre heure.",
}
FIRST_ZONES = (
    USUAL_ZONE, "America/Guadeloupe", "America/Martinique", "America/Cayenne", "Indian/Reunion", "Indian/Mayotte",
    "America/Miquelon", "America/St_Barthelemy", "America/Marigot", "Pacific/Noumea", "Pacific/Tahiti",
    "Pacific/Marquesas", "Pacific/Gambier", "Pacific/Wallis",
)  # fmt: skip
NEW_CAFE = {
    "days": "15", "opening_hour": "8", "timezone": USUAL_ZONE, "late_answers": "1", "moderation": "after",
    "quiet_from": "20", "quiet_to": "8", "reminder_hour": "18",
}  # fmt: skip
CAFE_FIELDS = ("title", "slug", "first_day", *NEW_CAFE)


@dataclass
class Form:
    """What was typed, as it will be shown again; what is wrong with it, by field; and what it says once checked."""

    typed: dict
    errors: dict[str, str] = field(default_factory=dict)
    checked: CafeSettings | QuestionDefinition | None = None
    groups: list[str] = field(default_factory=list)

    def settled(self):
        """What the form says; refused while a field is wrong."""
        if self.checked is None:
            raise Refusal("Rien n’est enregistré. Corrigez les champs marqués.")
        return self.checked


def timezones() -> list[str]:
    """Every zone, those where most of France lives first."""
    return [*FIRST_ZONES, *sorted(known_timezones() - set(FIRST_ZONES))]


def read_cafe(sent) -> Form:
    """The café's form; an address left empty is drawn from the title."""
    typed = {name: clean_text(sent.get(name, "")) for name in CAFE_FIELDS}
    typed["title"] = " ".join(typed["title"].split())
    typed["slug"] = typed["slug"] or slug_of(typed["title"])
    form = Form(typed, groups=sent.getlist("group"))
    _check(form, CafeSettings, typed | {"late_answers": typed["late_answers"] == "1"}, CAFE_FAULTS)
    return form


def shown_cafe(cafe, groups: list[str]) -> Form:
    """A café's form as it stands."""
    typed = {name: str(getattr(cafe, name)) for name in CAFE_FIELDS}
    return Form(typed | {"late_answers": "1" if cafe.late_answers else ""}, groups=groups)


def read_question(sent, day: int, n: int, families: dict[str, str]) -> Form:
    """A question's form; no family ticked: all of them."""
    feeds = [code for code in sent.getlist("feeds") if code in families]
    typed = {name: clean_text(sent.get(name, "")) for name in ("host", "text", "visibility")} | {"feeds": feeds}
    form = Form(typed)
    _check(form, QuestionDefinition, typed | {"day": day, "n": n, "feeds": feeds or "*"}, QUESTION_FAULTS)
    return form


def shown_question(question) -> Form:
    """A question's form as it stands."""
    feeds = [] if question.feeds == "*" else question.feeds.split()
    return Form({"host": question.host, "text": question.text, "visibility": question.visibility, "feeds": feeds})


def new_question() -> Form:
    return Form({"host": "", "text": "", "visibility": "after_own", "feeds": []})


def _check(form: Form, model, typed: dict, sentences: dict[str, str]) -> None:
    try:
        form.checked = model.model_validate(typed)
    except ValidationError as error:
        for fault in error.errors():
            name = str(fault["loc"][0])
            own = OWN_FAULTS.get(name) if fault["type"] == "value_error" else None
            form.errors[name] = own or sentences[name]


def read_moment(typed: str, timezone: str) -> datetime:
    """A date and hour of the café's own clocks, as a browser sends it."""
    try:
        return datetime.fromisoformat(typed).replace(tzinfo=ZoneInfo(timezone)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Refusal("Choisissez une date et une heure.") from None


def pack_questions(questions: list[QuestionDefinition]) -> str:
    """Questions as a page carries them until they are confirmed; refused when a form could not bring them back."""
    packed = _pack.dump_json(questions).decode()
    if len(packed.encode()) > LARGEST_PACK:
        raise Refusal("Ce fichier est trop long. Importez-le en deux fois.")
    return packed


def unpack_questions(packed: str) -> list[QuestionDefinition]:
    try:
        return _pack.validate_json(packed)
    except ValidationError:
        raise Refusal("Cette page n’est plus lisible. Choisissez le fichier à nouveau.") from None

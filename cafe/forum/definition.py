"""A café written in YAML, checked: every fault is told in one French sentence."""

import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import available_timezones

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from analysis.text import fold
from analysis.text import words as words_of
from cafe.corpus.words import clean_text
from cafe.errors import Refusal
from cafe.forum.models import MODERATIONS, USUAL_ZONE, VISIBILITIES
from cafe.forum.schedule import is_quiet_hour

Clean = Annotated[str, AfterValidator(clean_text)]
Text = Annotated[Clean, Field(min_length=1, max_length=2000)]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
Feeds = Annotated[str, Field(pattern=r"^[a-z_]{1,40}$")]
Hour = Annotated[int, Field(ge=0, le=23)]
MOST_QUESTIONS = 9
# The desk has a page of this name where a café's would be.
RESERVED_SLUGS = ("nouveau",)
FIRST, LAST = date(2000, 1, 1), date(2100, 12, 31)


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class QuestionDefinition(Strict):
    day: Annotated[int, Field(ge=1)]
    n: Annotated[int, Field(ge=1, le=MOST_QUESTIONS)] = 1
    host: Annotated[Clean, Field(max_length=2000)] = ""
    text: Text
    feeds: Literal["*"] | list[Feeds] = "*"
    visibility: Literal[VISIBILITIES] = "after_own"

    @property
    def feeds_text(self) -> str:
        return "*" if self.feeds == "*" else " ".join(self.feeds)


def slug_of(title: str) -> str:
    """The address that a title suggests: small letters, digits and hyphens."""
    words = [fold(word) for word in words_of(title)]
    return re.sub(r"[^a-z0-9]+", "-", "-".join(words)).strip("-")[:40].rstrip("-")


def code_of(slug: str, day: int, n: int) -> str:
    """The name of a café's question in the corpus."""
    return f"{slug}.j{day}.{n}"


def context_of(title: str, text: str) -> str:
    """What the tagger is told of a café's question."""
    return f"{title} : {text}"


class CafeSettings(Strict):
    """What the organiser settles of a café; it may begin without a question."""

    slug: Slug
    title: Annotated[Clean, Field(min_length=1, max_length=120)]
    first_day: Annotated[date, Field(ge=FIRST, le=LAST)]
    days: Annotated[int, Field(ge=1, le=100)] = 15
    opening_hour: Hour = 8
    timezone: str = USUAL_ZONE
    late_answers: bool = True
    moderation: Literal[MODERATIONS] = "after"
    quiet_from: Hour = 20
    quiet_to: Hour = 8
    reminder_hour: Annotated[Hour, Field(validate_default=True)] = 18
    questions: list[QuestionDefinition] = []

    @field_validator("slug")
    @classmethod
    def _free_slug(cls, slug):
        if slug in RESERVED_SLUGS:
            raise ValueError(f"« {slug} » est réservé")
        return slug

    @field_validator("timezone")
    @classmethod
    def _known_timezone(cls, name):
        if name not in known_timezones():
            raise ValueError(f"le fuseau « {name} » n’existe pas")
        return name

    @field_validator("reminder_hour")
    @classmethod
    def _reminder_may_leave(cls, hour, info):
        start, end = (info.data.get(name) for name in ("quiet_from", "quiet_to"))
        if None not in (start, end) and is_quiet_hour(hour, start, end):
            raise ValueError("l’heure du rappel tombe dans les heures calmes")
        return hour

    @model_validator(mode="after")
    def _questions_have_their_own_place(self):
        places = [(question.day, question.n) for question in self.questions]
        if len(set(places)) < len(places):
            raise ValueError("deux questions ont le même jour et le même numéro")
        if max((day for day, _ in places), default=0) > self.days:
            raise ValueError(f"une question tombe après le dernier jour ({self.days})")
        return self


class CafeDefinition(CafeSettings):
    """A café as a file describes it, with its questions."""

    questions: Annotated[list[QuestionDefinition], Field(min_length=1)]


@cache
def known_timezones() -> frozenset[str]:
    """Asked once: the names are read from the disk."""
    return frozenset(available_timezones())


def read_definition(path: Path) -> CafeDefinition:
    """The café that a file describes; raises Refusal naming the place of its first fault."""
    try:
        return CafeDefinition.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise Refusal(f"Le fichier {path} n’existe pas.") from None
    except UnicodeDecodeError:
        raise Refusal(f"Le fichier {path} n’est pas en UTF-8.") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f" (ligne {mark.line + 1})" if mark else ""
        raise Refusal(f"Le fichier {path} n’est pas un YAML lisible{line}.") from None
    except ValidationError as error:
        raise Refusal(f"Le fichier {path} ne décrit pas un café : {_first_fault(error)}.") from None


def _first_fault(error: ValidationError) -> str:
    fault = error.errors()[0]
    place = " › ".join(str(part) for part in fault["loc"]) or "le fichier"
    causes = {"missing": "manque", "extra_forbidden": "n’est pas un champ connu"}
    message = fault["msg"].removeprefix("Value error, ")
    return f"« {place} » {causes.get(fault['type'], f'ne convient pas ({message})')}"

"""A café written in YAML, checked: every fault is told in one French sentence."""

from datetime import date
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import available_timezones

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from cafe.errors import Refusal
from cafe.forum.models import VISIBILITIES

Text = Annotated[str, Field(min_length=1, max_length=2000)]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
Feeds = Annotated[str, Field(pattern=r"^[a-z_]{1,40}$")]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class QuestionDefinition(Strict):
    day: Annotated[int, Field(ge=1)]
    n: Annotated[int, Field(ge=1, le=9)] = 1
    host: Annotated[str, Field(max_length=2000)] = ""
    text: Text
    feeds: Literal["*"] | list[Feeds] = "*"
    visibility: Literal[VISIBILITIES] = "after_own"

    @property
    def feeds_text(self) -> str:
        return "*" if self.feeds == "*" else " ".join(self.feeds)


class CafeDefinition(Strict):
    slug: Slug
    title: Annotated[str, Field(min_length=1, max_length=120)]
    first_day: date
    days: Annotated[int, Field(ge=1, le=100)] = 15
    opening_hour: Annotated[int, Field(ge=0, le=23)] = 8
    timezone: str = "Europe/Paris"
    late_answers: bool = True
    questions: Annotated[list[QuestionDefinition], Field(min_length=1)]

    @field_validator("timezone")
    @classmethod
    def _known_timezone(cls, name):
        if name not in available_timezones():
            raise ValueError(f"le fuseau « {name} » n’existe pas")
        return name

    @model_validator(mode="after")
    def _questions_have_their_own_place(self):
        places = [(question.day, question.n) for question in self.questions]
        if len(set(places)) < len(places):
            raise ValueError("deux questions ont le même jour et le même numéro")
        if max(day for day, _ in places) > self.days:
            raise ValueError(f"une question tombe après le dernier jour ({self.days})")
        return self


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

"""The guide, as data: sections of questions, each with a wording for every way of asking."""

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from cafe.corpus.votes import SCALES as VOTES
from cafe.corpus.words import clean_text

WAYS = ("alone", "interview", "workshop")
KINDS = ("open", "choice", "multi", "rate", "rank", "statement", "info")
# Kinds whose answer keeps some of the options offered.
CHOOSING = ("choice", "multi", "rank")
RATED = 5

Words = Annotated[str, AfterValidator(clean_text), Field(max_length=2000)]
Said = Annotated[Words, Field(min_length=1)]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
# An instance adds « .enjeu » or « @champ » to it and the whole is a name in the corpus: 120 characters.
Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$", max_length=50)]
YesNo = Annotated[bool, BeforeValidator(lambda given: {"oui": True, "non": False}.get(given, given))]
OptionCode = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_.]*$", max_length=60)]
FamilyCode = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]


class Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Wording(Frozen):
    """The words for each way of asking; a way that is not written takes those of the way before it."""

    alone: Words
    interview: Words
    workshop: Words

    @model_validator(mode="before")
    @classmethod
    def _one_wording_for_all(cls, given):
        words = {"alone": given} if isinstance(given, str) else given
        if not isinstance(words, dict) or "alone" not in words:
            return words
        interview = words.get("interview", words["alone"])
        return {**words, "interview": interview, "workshop": words.get("workshop", interview)}

    def said(self, way: str) -> str:
        """The words of one way; empty when there are none."""
        return getattr(self, way)


NOTHING = Wording.model_validate("")


class Option(Frozen):
    """What can be chosen, ranked or rated; `plain` is for someone alone, `parent` the option that it lies under."""

    code: OptionCode
    label: Said
    plain: Words = ""
    parent: str = ""

    def said(self, way: str) -> str:
        """The words of this option for one way of asking."""
        return self.plain if way == "alone" and self.plain else self.label


def _levels(scale: str) -> tuple[Option, ...]:
    return tuple(Option(code=level.code, label=level.label, plain=level.plain) for level in VOTES[scale])


# The two scales of the Abaque de Régnier; blanc and noir are « ne sait pas » and « ne se prononce pas ».
SCALES = {"couleurs": _levels("colours"), "mots": _levels("words")}


class FromFamily(Frozen):
    """Options that are the tags of a family: those under one parent, those of one level, or all."""

    family: FamilyCode
    parent: str = ""
    depth: Literal["", "enjeux", "champs"] = ""


class Condition(Frozen):
    """When a question stands, as data; of several demands all must hold."""

    question: str = ""
    any_of: tuple[OptionCode, ...] = ()
    none_of: tuple[OptionCode, ...] = ()
    answered: YesNo | None = None
    all_of: tuple["Condition", ...] = ()

    def each(self) -> Iterator["Condition"]:
        """The simple conditions in it."""
        if self.question:
            yield self
        for inner in self.all_of:
            yield from inner.each()


class Question(Frozen):
    """One thing asked.

    `within`: asked once for each option ranked at that question, with the options under it. `each`: asked once for
    each option retained at that question, most important first; someone alone is asked about `each_alone` of them.
    `among`: only the options retained at that question are offered. `follow_up`: asked after an open answer.
    """

    code: Code
    kind: Literal[KINDS]
    text: Wording
    help: Wording = NOTHING
    feeds: Literal["*"] | tuple[FamilyCode, ...] = ()
    options: tuple[Option, ...] = ()
    options_from: FromFamily | None = None
    other: Words = ""
    at_most: Annotated[int, Field(ge=1, le=50)] | None = None
    scale: tuple[Option, ...] = ()
    shuffle: YesNo = True
    within: str = ""
    among: str = ""
    each: str = ""
    each_alone: Annotated[int, Field(ge=1, le=50)] | None = None
    show_if: Condition | None = None
    follow_up: Wording = NOTHING

    @model_validator(mode="before")
    @classmethod
    def _scale_by_name_or_labels(cls, given):
        if not isinstance(given, dict):
            return given
        scale = given.get("scale", "couleurs" if given.get("kind") == "statement" else ())
        if isinstance(scale, str) and scale in SCALES:
            scale = SCALES[scale]
        elif isinstance(scale, list | tuple) and all(isinstance(label, str) for label in scale):
            scale = [{"code": str(level), "label": label} for level, label in enumerate(scale, 1)]
        return {**given, "scale": scale}

    @property
    def over(self) -> str:
        """The question whose answer says how many times this one is asked."""
        return self.within or self.each

    @property
    def feeds_text(self) -> str:
        """The families as the corpus names them."""
        return "*" if self.feeds == "*" else " ".join(self.feeds)

    def depends_on(self) -> tuple[str, ...]:
        """The codes of the questions whose answers decide whether, or how often, this one is asked."""
        conditions = self.show_if.each() if self.show_if else ()
        return tuple(code for code in (self.within, self.each, self.among) if code) + tuple(
            condition.question for condition in conditions
        )


class Section(Frozen):
    code: Code
    title: Said
    minutes: Annotated[int, Field(ge=1, le=240)]
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]


class Guide(Frozen):
    """The guide; `plain` gives a family's tags their words for someone alone."""

    slug: Slug
    label: Said
    version: Annotated[int, Field(ge=1, le=100_000)]
    plain: dict[FamilyCode, dict[OptionCode, Said]] = {}
    sections: Annotated[tuple[Section, ...], Field(min_length=1)]

    def questions(self) -> Iterator[Question]:
        """Every question, in order."""
        for section in self.sections:
            yield from section.questions

    @cached_property
    def forks(self) -> frozenset[str]:
        """The questions whose answers may change what comes after; found once, since a guide never changes."""
        depended = {code for question in self.questions() for code in question.depends_on()}
        return frozenset(depended | {question.code for question in self.questions() if question.follow_up.alone})

    def question(self, code: str) -> Question | None:
        """The question of this code, if the guide has one."""
        return next((question for question in self.questions() if question.code == code), None)

    def section_of(self, code: str) -> Section | None:
        """The section that holds the question of this code."""
        return next((s for s in self.sections if any(question.code == code for question in s.questions)), None)

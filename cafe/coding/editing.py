"""A tag as its page shows it, and the changes that may be made to it."""

from collections.abc import Callable
from dataclasses import dataclass

from analysis.learned_words import learned_words
from analysis.referential import Family, Referential, Tag
from analysis.referential_editing import add_rule, limit_rule, written_rules
from cafe.coding.drafts import Draft
from cafe.errors import Conflict, NotFound

HEAVIEST = 20


@dataclass(frozen=True)
class Edit:
    """A change to the référentiel's text; `done` says it, `goes_to` is the tag to show then."""

    apply: Callable[[str], str]
    done: str
    goes_to: str


@dataclass(frozen=True)
class Shown:
    """A tag with its family, its rules as they are written, and the tags that it could be merged into.

    `words`: those that speak most for it, as stems, when it is among those that learnt words lay.
    """

    family: Family
    tag: Tag
    rules: list[dict[str, list[str]]]
    siblings: list[Tag]
    words: list[str]


def find_tag(draft: Draft, family: str, code: str) -> Shown:
    """A tag to show; raises NotFound."""
    found = next((known for known in draft.referential.families if known.code == family), None)
    tag = next((known for known in found.tags if known.code == code), None) if found else None
    if tag is None:
        raise NotFound("Ce tag n’est pas dans le référentiel.")
    siblings = [other for other in found.tags if other.code != code and other.parent == tag.parent]
    words = _words(draft.referential, family, code)
    return Shown(found, tag, written_rules(draft.source, family, code), siblings, words)


def _words(referential: Referential, family: str, code: str) -> list[str]:
    learned = referential.learned
    return learned_words(learned.words).heaviest((family, code), HEAVIEST) if learned else []


def accept(family: str, code: str, rule: str, term: str, in_force: str) -> Callable[[str], str]:
    """The edit that a proposal asks for: one more rule, or a rule in force, wherever the draft has it, kept silent."""

    def edit(text: str) -> str:
        if not rule:
            return add_rule(text, family, code, term)
        return limit_rule(text, family, code, _place(text, family, code, rule, in_force), term)

    return edit


def _place(text: str, family: str, code: str, rule: str, in_force: str) -> int:
    wanted = written_rules(in_force, family, code)[int(rule.rpartition(".")[2]) - 1 :][:1]
    rules = written_rules(text, family, code)
    if not wanted or wanted[0] not in rules:
        raise Conflict("Le brouillon n’a plus cette règle. Publiez-le, puis relancez l’apprentissage.")
    return rules.index(wanted[0]) + 1

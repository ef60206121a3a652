"""What the référentiel's pages send, read from the request."""

from functools import partial

from analysis import referential_editing as text_edits
from cafe.coding.editing import Edit
from cafe.corpus.words import clean_text
from cafe.errors import Refusal
from cafe.web import STALE, read_number

CONDITIONS = ("unless", "nowhere", "also")


def _line(sent, name: str, longest: int = 300) -> str:
    return " ".join(clean_text(sent.get(name, ""))[:longest].split())


def _lines(sent, name: str) -> list[str]:
    lines = clean_text(sent.get(name, ""))[:5000].splitlines()
    return [line.strip() for line in lines if line.strip()][:20]


def read_edit(sent, family: str, code: str) -> Edit:
    """The change that a tag's page asks for; raises Refusal when it asks for none."""
    readers = {
        "describe": _describe, "rule": _add_rule, "drop": _drop_rule, "split": _split, "merge": _merge,
        "hush": _hush_words,
    }  # fmt: skip
    reader = readers.get(sent.get("action", ""))
    if reader is None:
        raise Refusal(STALE)
    return reader(sent, family, code)


def _describe(sent, family: str, code: str) -> Edit:
    texts = {name: _line(sent, name, 1000) for name in (*text_edits.TEXTS, "threshold") if name in sent}
    if not texts.get("label"):
        raise Refusal("Un tag a un nom : écrivez-le.")
    examples = _lines(sent, "examples")
    edit = partial(text_edits.describe_tag, family=family, code=code, texts=texts, examples=examples)
    return Edit(edit, "Le tag est décrit.", code)


def _add_rule(sent, family: str, code: str) -> Edit:
    pattern = _line(sent, "pattern")
    if not pattern:
        raise Refusal("Écrivez les mots de la règle.")
    conditions = {name: _lines(sent, name) for name in CONDITIONS}
    weight = _line(sent, "weight", 10)
    edit = partial(
        text_edits.add_rule, family=family, code=code, pattern=pattern, conditions=conditions, weight=weight
    )
    return Edit(edit, "La règle est ajoutée.", code)


def _drop_rule(sent, family: str, code: str) -> Edit:
    place = read_number(sent.get("place", ""))
    return Edit(partial(text_edits.drop_rule, family=family, code=code, place=place), "La règle est retirée.", code)


def _hush_words(sent, family: str, code: str) -> Edit:
    hushed = sent.get("hushed") == "1"
    done = "Les mots appris se taisent." if hushed else "Les mots appris parlent à nouveau."
    return Edit(partial(text_edits.hush_words, family=family, code=code, hushed=hushed), done, code)


def _split(sent, family: str, code: str) -> Edit:
    new, label = _new(sent)
    places, parent = [read_number(place) for place in sent.getlist("places")], _line(sent, "parent")
    edit = partial(text_edits.split_tag, family=family, code=code, places=places, new=new, label=label, parent=parent)
    return Edit(edit, "Le tag est scindé.", new)


def _merge(sent, family: str, code: str) -> Edit:
    kept = _line(sent, "kept")
    edit = partial(text_edits.merge_tags, family=family, kept=kept, gone=code)
    return Edit(edit, "Les deux tags n’en font qu’un.", kept)


def _new(sent) -> tuple[str, str]:
    label = _line(sent, "label")
    if not label:
        raise Refusal("Un tag a un nom : écrivez-le.")
    return _line(sent, "code", 60), label


def read_new_tag(sent, family: str) -> Edit:
    """A new tag, perhaps with its first rule."""
    code, label = _new(sent)
    parent, pattern = _line(sent, "parent"), _line(sent, "pattern")

    def edit(text: str) -> str:
        made = text_edits.add_tag(text, family, code, label, parent)
        return text_edits.add_rule(made, family, code, pattern) if pattern else made

    return Edit(edit, "Le tag est ajouté au brouillon.", code)


def read_codes(sent, family) -> set[str]:
    """The tags ticked, those of the family only."""
    return {tag.code for tag in family.tags} & set(sent.getlist("codes"))

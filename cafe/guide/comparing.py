"""What changed between two versions of a guide, in words."""

from collections.abc import Iterator, Sequence

from cafe.guide.definition import Condition, Guide, Option, Question, Section, Wording

KINDS = {
    "open": "ouverte", "choice": "à choix unique", "multi": "à choix multiple", "rate": "à noter", "rank": "à classer",
    "statement": "affirmation à voter", "info": "information",
}  # fmt: skip
WAYS = {"alone": "seul", "interview": "entretien", "workshop": "atelier"}
FIELDS = {
    "at_most": "nombre de réponses", "other": "« un autre »", "within": "question d’ouverture",
    "each": "question répétée pour", "each_alone": "répétitions pour une personne seule",
    "among": "options reprises de", "shuffle": "ordre au hasard", "feeds": "familles nourries", "show_if": "condition",
}  # fmt: skip
NONE = "rien"


def compare(old: Guide, new: Guide) -> list[str]:
    """The differences, one sentence each; none when the two ask the same things in the same way."""
    return [*_label_changes(old, new), *_section_changes(old, new), *_question_changes(old, new)]


def reused_codes(published: Sequence[Guide], new: Guide) -> list[str]:
    """Codes that the new version may not take: withdrawn earlier, or used for another kind; one sentence each."""
    if not published:
        return []
    last = {question.code for question in published[-1].questions()}
    kinds = {question.code: question.kind for guide in published for question in guide.questions()}
    faults = []
    for question in new.questions():
        code = question.code
        if code in kinds and code not in last:
            faults.append(f"Le code « {code} » a servi à une question retirée : donnez-en un autre.")
        elif kinds.get(code, question.kind) != question.kind:
            faults.append(f"« {code} » change de forme ({KINDS[question.kind]}) : donnez-lui un autre code.")
    return faults


def _label_changes(old: Guide, new: Guide) -> Iterator[str]:
    if old.label != new.label:
        yield f"Titre du guide : {_change(old.label, new.label)}."


def _section_changes(old: Guide, new: Guide) -> Iterator[str]:
    before, after = ({section.code: section for section in guide.sections} for guide in (old, new))
    for code, section in before.items():
        if code not in after:
            yield f"Partie retirée : « {section.title} »."
    for code, section in after.items():
        if code not in before:
            yield f"Partie ajoutée : « {section.title} », {section.minutes} min."
        else:
            yield from _section_change(before[code], section)
    if _is_moved(list(before), list(after)):
        yield "L’ordre des parties change."


def _section_change(old: Section, new: Section) -> Iterator[str]:
    if old.title != new.title:
        yield f"Titre de partie : {_change(old.title, new.title)}."
    if old.minutes != new.minutes:
        yield f"Partie « {new.title} » : {old.minutes} min → {new.minutes} min."


def _question_changes(old: Guide, new: Guide) -> Iterator[str]:
    before, after = ({question.code: question for question in guide.questions()} for guide in (old, new))
    for code, question in before.items():
        if code not in after:
            yield f"Question retirée : {code}, « {question.text.interview} »."
    for code, question in after.items():
        if code not in before:
            yield f"Question ajoutée : {code}, « {question.text.interview} »."
            continue
        home, place = old.section_of(code), new.section_of(code)
        if home.code != place.code:
            yield f"{code} passe dans la partie « {place.title} »."
        for sentence in _changes(before[code], question):
            yield f"{code} : {sentence}"
    if _is_moved(list(before), list(after)):
        yield "L’ordre des questions change."


def _changes(old: Question, new: Question) -> Iterator[str]:
    if old.kind != new.kind:
        yield f"elle était {KINDS[old.kind]}, elle devient {KINDS[new.kind]}."
    yield from _wording_changes("reformulée", old.text, new.text)
    yield from _wording_changes("aide", old.help, new.help)
    yield from _wording_changes("relance", old.follow_up, new.follow_up)
    yield from _option_changes("option", old.options, new.options)
    yield from _option_changes("échelle", old.scale, new.scale)
    for field, name in FIELDS.items():
        values = [told(getattr(question, field)) for question in (old, new)]
        if values[0] != values[1]:
            yield f"{name} : {_change(*values)}."


def _wording_changes(what: str, old: Wording, new: Wording) -> Iterator[str]:
    """One sentence for the ways that change alike."""
    changed: dict[tuple[str, str], list[str]] = {}
    for way, name in WAYS.items():
        if old.said(way) != new.said(way):
            changed.setdefault((old.said(way), new.said(way)), []).append(name)
    for texts, names in changed.items():
        yield f"{what} ({', '.join(names)}) : {_change(*texts)}."


def _option_changes(what: str, old: Sequence[Option], new: Sequence[Option]) -> Iterator[str]:
    before, after = ({option.code: option for option in options} for options in (old, new))
    for code, option in before.items():
        if code not in after:
            yield f"{what} retirée, « {option.label} »."
    for code, option in after.items():
        if code not in before:
            yield f"{what} ajoutée, « {option.label} »."
            continue
        for was, now in ((before[code].label, option.label), (before[code].plain, option.plain)):
            if was != now:
                yield f"{what} reformulée, {_change(was, now)}."
        if before[code].parent != option.parent:
            yield f"{what} « {option.label} » rangée ailleurs, {_change(before[code].parent, option.parent)}."
    if _is_moved(list(before), list(after)):
        yield f"l’ordre change ({what})."


def _is_moved(before: list[str], after: list[str]) -> bool:
    """Whether what stays has changed its order."""
    return [code for code in before if code in after] != [code for code in after if code in before]


def _change(before: str, after: str) -> str:
    return f"« {before or NONE} » → « {after or NONE} »"


def told(value) -> str:
    """A field's value in words."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, Condition):
        return " et ".join(_condition(one) for one in value.each())
    return ", ".join(value) if isinstance(value, tuple) else str(value or "")


def _condition(condition: Condition) -> str:
    said = {None: "", True: "a une réponse", False: "n’a pas de réponse"}[condition.answered]
    parts = [said, "est " + " ou ".join(condition.any_of), "n’est pas " + " ni ".join(condition.none_of)]
    wanted = [bool(said), bool(condition.any_of), bool(condition.none_of)]
    kept = [part for part, is_wanted in zip(parts, wanted, strict=True) if is_wanted]
    return f"{condition.question} {', '.join(kept)}"

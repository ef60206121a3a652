"""What makes a guide hold together beyond the shape of its fields; each fault is a place and a sentence."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from cafe.guide.definition import CHOOSING, RATED, Condition, Guide, Question

# The names that the results read, each with its kind.
NAMED = {
    "freins.enjeux": "rank", "freins.champs": "rank", "populations.cible": "choice", "populations.touchees": "multi",
    "usages.dependance": "rate", "usages.critiques": "multi",
}  # fmt: skip
SILENT = ("nsp", "refus")
OTHER = "autre"
VOTE = "regnier."
# Fields that belong to some kinds only.
ONLY = {
    "options": (*CHOOSING, "rate"), "options_from": (*CHOOSING, "rate"), "other": CHOOSING,
    "at_most": ("multi", "rank"), "scale": ("rate", "statement"), "follow_up": ("open",),
    "within": ("rank",), "among": CHOOSING,
}  # fmt: skip

Place = tuple[str | int, ...]
Fault = tuple[Place, str]


def nearest(word: str, known: Iterable[str]) -> str:
    """How a sentence about an unknown word ends: the nearest one known, else all of them."""
    known = list(known)
    close = get_close_matches(word, known, n=1)
    return f" : vouliez-vous écrire « {close[0]} » ?" if close else f" ; il y a : {', '.join(known) or 'rien'}."


def check_guide(guide: Guide, families: list[str]) -> Iterator[Fault]:
    """The faults of a guide, in its order."""
    later = {question.code: question for question in guide.questions()}
    earlier: dict[str, Question] = {}
    titles: set[str] = set()
    for s, section in enumerate(guide.sections):
        if section.code in titles:
            yield ("sections", s, "code"), f"le code de section « {section.code} » sert deux fois : changez-en un."
        titles.add(section.code)
        for q, question in enumerate(section.questions):
            for field, sentence in _faults(question, earlier, later, families):
                yield ("sections", s, "questions", q, *field), sentence
            earlier[question.code] = question


def _faults(question: Question, earlier: dict, later: dict, families: list[str]) -> Iterator[Fault]:
    yield from _name_faults(question, earlier)
    yield from _field_faults(question, families)
    yield from _option_faults(question)
    yield from _reference_faults(question, earlier, later)
    if question.show_if:
        yield from _condition_faults(question.show_if, ("show_if",), earlier, later)


def _name_faults(question: Question, earlier: dict) -> Iterator[Fault]:
    code = question.code
    if code in earlier:
        yield ("code",), f"le code « {code} » sert déjà plus haut : donnez-en un autre."
    for other in earlier.values():
        if other.over and code.startswith(other.code + "."):
            yield ("code",), f"« {code} » se confond avec les réponses de « {other.code} » : donnez un autre code."
        if question.over and other.code.startswith(code + "."):
            yield ("code",), f"« {other.code} », plus haut, se confond avec les réponses de « {code} » : changez-en un."
    wanted = "statement" if code.startswith(VOTE) else NAMED.get(code, question.kind)
    if question.kind != wanted:
        yield ("kind",), f"« {code} » est lu par les résultats comme « {wanted} » : écrivez kind: {wanted}."
    if question.kind == "statement" and not code.startswith(VOTE):
        yield ("code",), f"le code d’une affirmation commence par « {VOTE} » : écrivez {VOTE}{code}."


def _field_faults(question: Question, families: list[str]) -> Iterator[Fault]:
    for field, kinds in ONLY.items():
        value = getattr(question, field)
        is_filled = value.alone if field == "follow_up" else value
        if is_filled and question.kind not in kinds:
            yield (field,), f"« {field} » ne va pas avec « {question.kind} » : il sert pour {', '.join(kinds)}."
    if not question.text.alone:
        yield ("text",), "la question n’a pas de texte : écrivez-le."
    if question.kind == "open" and not question.feeds:
        yield ("code",), 'il manque « feeds » : dites quelles familles cette question nourrit, ou "*".'
    for family in () if question.feeds == "*" else question.feeds:
        if family not in families:
            yield ("feeds",), f"la famille « {family} » n’existe pas{nearest(family, families)}"
    if question.kind == "rate" and len(question.scale) != RATED:
        yield ("scale",), f"une note va de 1 à {RATED} : donnez {RATED} mots dans « scale »."
    if question.kind == "statement" and len(question.scale) < 2:
        yield ("scale",), "« scale » attend couleurs ou mots."
    if question.each_alone and not question.each:
        yield ("each_alone",), "« each_alone » ne va qu’avec « each » : retirez-le."


def _option_faults(question: Question) -> Iterator[Fault]:
    if question.kind in ONLY["options"] and not question.options:
        yield ("code",), f"« {question.code} » n’a pas d’option : ajoutez « options » ou « options_from »."
    seen = set()
    for number, option in enumerate(question.options):
        if option.code in seen:
            yield ("options", number), f"l’option « {option.code} » est là deux fois : retirez-en une."
        if option.code in SILENT or option.code.split(".")[0] == OTHER:
            yield ("options", number), f"le code « {option.code} » est réservé : donnez-en un autre."
        seen.add(option.code)


def _reference_faults(question: Question, earlier: dict, later: dict) -> Iterator[Fault]:
    if question.within and question.each:
        yield ("each",), "gardez « within » ou « each », pas les deux."
    if question.among and question.other:
        yield ("other",), "« other » ne va pas avec « among » : retirez l’un des deux."
    for field, kinds in (("within", ("rank",)), ("each", CHOOSING), ("among", CHOOSING)):
        code = getattr(question, field)
        if not code:
            continue
        if code not in earlier:
            yield (field,), _not_before(code, earlier, later)
        elif earlier[code].kind not in kinds:
            yield (field,), f"« {code} » ne peut pas servir à « {field} » : il faut une question {' ou '.join(kinds)}."
        elif field == "within":
            yield from _nested_faults(question, earlier[code])
        elif field == "among" and not _codes(question) & _codes(earlier[code]):
            yield (field,), f"« {question.code} » n’a aucune option de « {code} » : donnez-lui les mêmes."


def _nested_faults(question: Question, opener: Question) -> Iterator[Fault]:
    if opener.over:
        yield ("within",), f"« {opener.code} » est elle-même répétée : choisissez une question posée une seule fois."
    parents = {option.parent for option in question.options}
    for option in opener.options:
        if option.code not in parents:
            yield ("within",), f"aucune option n’est sous « {option.code} » : ajoutez-en, avec ce « parent »."


def _condition_faults(condition: Condition, place: Place, earlier: dict, later: dict) -> Iterator[Fault]:
    for number, inner in enumerate(condition.all_of):
        yield from _condition_faults(inner, (*place, "all_of", number), earlier, later)
    demands = bool(condition.any_of or condition.none_of or condition.answered is not None)
    if not condition.question:
        if demands or not condition.all_of:
            yield place, "« show_if » ne dit pas de quelle question il parle : ajoutez « question »."
        return
    if condition.question not in earlier:
        yield (*place, "question"), _not_before(condition.question, earlier, later)
        return
    if not demands:
        yield place, "« show_if » ne demande rien : ajoutez any_of, none_of ou answered."
    known = {*_codes(earlier[condition.question]), *SILENT}
    for field in ("any_of", "none_of"):
        for code in getattr(condition, field):
            if code not in known:
                yield (*place, field), f"« {code} » n’est pas une réponse de cette question{nearest(code, known)}"


def _not_before(code: str, earlier: dict, later: dict) -> str:
    if code in later:
        return f"« {code} » n’est pas posée avant : mettez-la plus haut."
    return f"la question « {code} » n’existe pas{nearest(code, earlier)}"


def _codes(question: Question) -> set[str]:
    """The codes that an answer to this question may hold."""
    codes = {option.code for option in question.scale} if question.kind == "statement" else set()
    if question.other:
        codes.add(OTHER)
    return codes | {option.code for option in question.options}

"""Questions written elsewhere, in YAML, CSV or XLSX: read whole, with every fault told by its line."""

import csv
import io
from dataclasses import dataclass, field

import yaml
from pydantic import ValidationError

from analysis.sheets import read_cells
from cafe.corpus.words import clean_text
from cafe.errors import Refusal
from cafe.forum.definition import MOST_QUESTIONS, QuestionDefinition
from cafe.forum.models import VISIBILITIES
from cafe.people.fields import fold

HEADINGS = ("jour", "numéro", "question", "message", "visibilité", "familles")
FIELDS = {
    "jour": "day", "numero": "n", "question": "text", "message": "host", "visibilite": "visibility",
    "familles": "feeds",
}  # fmt: skip
SEEN = {"at_once": "tout de suite", "after_own": "après avoir répondu", "never": "jamais : équipe seule"}
FAULTS = {
    "day": "le jour est un nombre, à partir de 1",
    "n": f"le numéro va de 1 à {MOST_QUESTIONS}",
    "text": "la question est vide, ou dépasse 2 000 signes",
    "host": "le message dépasse 2 000 signes",
    "visibility": "la visibilité est « tout de suite », « après avoir répondu » ou « jamais »",
    "feeds": "les familles sont celles du référentiel, séparées par des virgules",
}
MOST_FAULTS = 50
NOT_YAML = "Ce fichier n’est pas un YAML lisible"
MODEL = (
    ("1", "1", "Pour vous, le numérique, c’est quoi ?", "Bonjour et bienvenue.", SEEN["after_own"], ""),
    ("1", "2", "Racontez une démarche en ligne.", "", SEEN["at_once"], "Freins, Usages"),
)


@dataclass
class QuestionFile:
    """What a file holds: its questions, and its faults as lines and reasons."""

    questions: list[QuestionDefinition] = field(default_factory=list)
    faults: list[tuple[int, str]] = field(default_factory=list)
    lines: dict[tuple[int, int], int] = field(default_factory=dict)

    def add(self, line: int, typed: dict) -> None:
        try:
            question = QuestionDefinition.model_validate(typed)
        except ValidationError as error:
            self.faults += [(line, _reason(fault)) for fault in error.errors()]
            return
        place = question.day, question.n
        if place in self.lines:
            self.faults.append((line, f"même jour et même numéro que la ligne {self.lines[place]}"))
        else:
            self.lines[place] = line
            self.questions.append(question)

    def faults_with(self, refused: dict[tuple[int, int], str]) -> list[tuple[int, str]]:
        """All the faults in the order of the lines, with those that the café finds in places of the file."""
        return sorted(self.faults + [(self.lines[place], reason) for place, reason in refused.items()])


def _reason(fault: dict) -> str:
    name = str(fault["loc"][0]) if fault["loc"] else ""
    return FAULTS.get(name, f"« {name[:40]} » n’est pas un champ connu" if name else "ce n’est pas une question")


def model_file() -> str:
    """A file to fill in, with two questions as examples; a French spreadsheet opens it as it is."""
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([HEADINGS, *MODEL])
    return "\ufeff" + out.getvalue()


def read_questions(name: str, data: bytes, families: dict[str, str]) -> QuestionFile:
    """The questions of a file, by the kind that its name says; `families` gives the known codes and their labels."""
    if not data:
        raise Refusal("Choisissez un fichier YAML, CSV ou XLSX.")
    is_yaml = name.lower().endswith((".yaml", ".yml"))
    found = _from_yaml(data, families) if is_yaml else _from_table(data, families)
    if not found.questions and not found.faults:
        raise Refusal("Ce fichier ne contient aucune question.")
    return found


def _from_table(data: bytes, families: dict[str, str]) -> QuestionFile:
    rows = iter(read_cells(data))
    line, headings = next(rows, (1, []))
    names = _fields_of(headings)
    found, following = QuestionFile(), {}
    for line, cells in rows:
        typed = {name: clean_text(cell) for name, cell in zip(names, cells, strict=False) if name}
        if any(cell.startswith("=") for cell in typed.values()):
            found.faults.append((line, "une cellule contient une formule : écrivez le texte"))
            continue
        if any(cell.strip() for cell in cells[len(names) :]):
            found.faults.append((line, "il y a plus de cellules que de titres"))
            continue
        # Without a number, a question follows the one before it on its day.
        day = typed.get("day", "")
        typed["n"] = typed.get("n") or str(following.get(day, 0) + 1)
        following[day] = int(typed["n"]) if typed["n"].isdecimal() and len(typed["n"]) < 3 else 0
        found.add(line, _in_our_words(typed, families))
    return found


def _fields_of(headings: list[str]) -> list[str]:
    headings = [clean_text(heading) for heading in headings]
    while headings and not headings[-1]:
        headings.pop()
    names = [FIELDS.get(fold(heading), "") for heading in headings]
    unknown = next((heading for heading, name in zip(headings, names, strict=True) if not name), None)
    if unknown is not None or len(set(names)) < len(names):
        what = (
            f"La colonne « {unknown[:40]} » n’est pas connue" if unknown is not None else "Une colonne est là deux fois"
        )
        raise Refusal(f"{what}. Les colonnes sont : {', '.join(HEADINGS)}.")
    for needed in ("jour", "question"):
        if FIELDS[needed] not in names:
            raise Refusal(f"Il manque la colonne « {needed} » : la première ligne porte les titres des colonnes.")
    return names


def _in_our_words(typed: dict[str, str], families: dict[str, str]) -> dict:
    """French words turned to the definition's; what is not known is left, to be refused."""
    known = typed | {"feeds": _feeds(typed.get("feeds", ""), families)}
    known["visibility"] = _visibility(typed.get("visibility", ""))
    return known


def _visibility(typed: str) -> str:
    words = {fold(label): code for code, label in SEEN.items()} | {fold(code): code for code in VISIBILITIES}
    return (words | {"jamais": "never"}).get(fold(typed), typed) if typed else "after_own"


def _feeds(typed: str, families: dict[str, str]) -> str | list[str]:
    """Labels or codes between commas, or codes between spaces; nothing, « toutes » or « * » for every family."""
    if not typed or fold(typed) == "toutes" or typed == "*":
        return "*"
    words = {fold(label): code for code, label in families.items()} | {fold(code): code for code in families}
    parts = [part for part in typed.replace(";", ",").split(",") if part.strip()]
    codes = [words.get(fold(part)) for part in parts]
    if None in codes:
        codes = [words.get(fold(part)) for part in typed.replace(",", " ").split()]
    return list(dict.fromkeys(codes)) if None not in codes else "?"


def _from_yaml(data: bytes, families: dict[str, str]) -> QuestionFile:
    try:
        text = data.decode("utf-8-sig")
        root, content = yaml.compose(text, yaml.SafeLoader), yaml.safe_load(text)
    except UnicodeDecodeError:
        raise Refusal("Ce fichier n’est pas en UTF-8.") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        raise Refusal(f"{NOT_YAML} (ligne {mark.line + 1})." if mark else f"{NOT_YAML}.") from None
    if isinstance(content, dict):
        content = content.get("questions")
        root = next((value for key, value in reversed(root.value) if key.value == "questions"), None)
    if not isinstance(content, list) or root is None:
        raise Refusal("Ce fichier n’a pas de liste « questions ».")
    found = QuestionFile()
    for node, typed in zip(root.value, content, strict=True):
        line = node.start_mark.line + 1
        before = len(found.questions)
        found.add(line, typed if isinstance(typed, dict) else {})
        if len(found.questions) > before and set(found.questions[-1].feeds) - {"*"} - set(families):
            found.faults.append((line, FAULTS["feeds"]))
    return found

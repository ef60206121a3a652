"""What comes back on paper, entered at once: each question kept or told what is wrong with it, and nothing lost."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid5

from cafe.errors import Refusal
from cafe.guide import interviewing, notes
from cafe.guide.checks import OTHER
from cafe.guide.definition import Guide, Section
from cafe.guide.engine import find_step, path
from cafe.guide.notes import NewNote
from cafe.guide.paper import Line, Loop, pages, read_codes, written_as
from cafe.guide.services import Sent
from cafe.guide.sittings import Progress, find_progress
from cafe.guide.steps import key_of

SLOTS = 12
NOT_ASKED = "Cette question n’est pas posée avec ces réponses. Vérifiez ce qui est écrit plus haut."
NO_CODE = "Écrivez d’abord le code du champ, par exemple a1."
UNKNOWN_CODE = "Ce code n’est pas dans les lignes plus haut. Écrivez-le comme a1."


@dataclass(frozen=True)
class Row:
    """One line to fill: its field in the form, and the step that it answers, unknown while its place has no code."""

    field: str
    line: Line
    key: str


@dataclass(frozen=True)
class Slot:
    """One of the places of a loop: the code at its head, then its lines."""

    field: str
    code: str
    rows: tuple[Row, ...]
    error: str = ""


@dataclass(frozen=True)
class Written:
    """What is written at one line: numbers, another answer's words, notes; `replaces`: the answer that was shown."""

    codes: str = ""
    other: str = ""
    text: str = ""
    replaces: str = ""
    error: str = ""
    notes: int = 0

    @property
    def is_blank(self) -> bool:
        return not (self.codes.strip() or self.other.strip() or self.text.strip())


@dataclass(frozen=True)
class Sheet:
    """A whole sheet as it was typed: its form's key, the codes at the heads of places, what each field holds."""

    key: str
    heads: Mapping[str, str]
    written: Mapping[str, Written]


def layout(guide: Guide, heads: Mapping[str, str]) -> list[tuple[Section, list[Row | Slot]]]:
    """Every line of the guide on paper, section by section; places of loops as their heads say."""
    return [(page.section, [row for block in page.blocks for row in _rows(block, heads)]) for page in pages(guide)]


def _rows(block: Line | Loop, heads: Mapping[str, str]) -> Iterator[Row | Slot]:
    if isinstance(block, Line):
        if block.question.kind != "info":
            yield Row(block.key, block, block.key)
        return
    for place in range(max(SLOTS, sum(field.startswith(f"{block.over}#") for field in heads))):
        yield _slot(block, f"{block.over}#{place}", heads.get(f"{block.over}#{place}", ""))


def _slot(loop: Loop, field: str, code: str) -> Slot:
    about = loop.codes.get(code.strip().lower(), "")
    place = field.rpartition("#")[2]
    rows = tuple(
        Row(f"{line.question.code}#{place}", line, key_of(line.question, about) if about else "") for line in loop.lines
    )
    return Slot(field, code, rows, UNKNOWN_CODE if code.strip() and not about else "")


def rows_of(sections: list[tuple[Section, list[Row | Slot]]]) -> Iterator[Row]:
    """Every line to fill, in order."""
    for _, blocks in sections:
        for block in blocks:
            yield from block.rows if isinstance(block, Slot) else (block,)


def _slots(sections: list[tuple[Section, list[Row | Slot]]]) -> Iterator[Slot]:
    return (block for _, blocks in sections for block in blocks if isinstance(block, Slot))


def heads_kept(progress: Progress) -> dict[str, str]:
    """The codes at the heads of places, from what is retained already."""
    steps, heads = path(progress.guide, progress.given, progress.way), {}
    for page in pages(progress.guide):
        for loop in (block for block in page.blocks if isinstance(block, Loop)):
            first = loop.lines[0].question.code
            about = [step.about for step in steps if step.question.code == first and not step.is_follow_up]
            heads |= {f"{loop.over}#{n}": loop.code_of(code) for n, code in enumerate(about)}
    return heads


def kept(progress: Progress, row: Row) -> Written:
    """What is kept already at this line."""
    answer = progress.kept.get(row.key)
    count = sum(note.step == row.key for note in progress.notes)
    if answer is None:
        return Written(notes=count)
    other = answer.given.others[0] if answer.given.others else ""
    codes = "" if answer.given.text else written_as(row.line, answer.given, _other_code(row))
    return Written(codes, other, replaces=answer.key, notes=count)


def _other_code(row: Row) -> str:
    return f"{OTHER}.{row.line.about.code}" if row.line.about else OTHER


def enter(progress: Progress, sheet: Sheet, digest_key: str, now: datetime) -> dict[str, Written]:
    """Keep each line that holds; returns the others by field, as they were typed, with what is wrong."""
    sections = layout(progress.guide, sheet.heads)
    wrong = {slot.field: Written(error=slot.error) for slot in _slots(sections) if slot.error}
    for row in rows_of(sections):
        written = sheet.written.get(row.field, Written())
        if written.is_blank:
            continue
        try:
            _enter(progress.id, row, written, sheet.key, digest_key, now)
        except Refusal as refusal:
            wrong[row.field] = replace(written, error=str(refusal))
    return wrong


def _enter(sitting_id: int, row: Row, written: Written, form: str, digest_key: str, now: datetime) -> None:
    if not row.key:
        raise Refusal(NO_CODE)
    progress = find_progress(sitting_id)
    if find_step(progress.guide, progress.given, progress.way, row.key) is None:
        raise Refusal(NOT_ASKED)
    shown = kept(progress, row)
    changed = (written.codes.split(), written.other.strip()) != (shown.codes.split(), shown.other)
    given = read_codes(row.line, written.codes, written.other, _other_code(row)) if changed else None
    if given:
        form_key = str(uuid5(UUID(form), row.key))
        interviewing.answer(progress, row.key, Sent(form_key, written.replaces, given), digest_key, now)
    if written.text.strip():
        place = max((note.place for note in progress.notes), default=0) + 1
        note = NewNote(str(uuid5(UUID(form), f"notes {row.key}")), row.key, place, written.text)
        notes.take_note(progress, note, digest_key, now)

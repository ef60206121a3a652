"""Frozen datasets: made once, read as the live results are, and followed by whoever takes their words back."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import fields, replace
from datetime import datetime
from functools import lru_cache

from flask import current_app
from sqlalchemy import select

from analysis.frames import Frames
from analysis.report import Options, Report, report
from cafe.errors import NotFound, Refusal
from cafe.extensions import db, writing
from cafe.guide.published import current_guide
from cafe.moderation.models import Retained
from cafe.people.fields import clean
from cafe.referential.versions import current_referential
from cafe.results import words
from cafe.results.frames import frames_under, stable_names
from cafe.results.models import FrozenDataset
from cafe.results.opening import note
from cafe.results.queries import FEW_PEOPLE, said_to_the_team
from cafe.results.services import Results
from cafe.results.shelf import Folder, Names, sha256_of
from cafe.results.slices import WHOLE
from cafe.results.standing import digest_of, losses_mark, read_standing, read_words

GONE = "Ce jeu de données n’existe pas, ou il a été supprimé."
LONGEST, STEPS = 80, 3
Tell = Callable[[int, int], None]


def checked_title(typed: str) -> str:
    """The title to keep; refused when there is none, or when it is too long."""
    title = clean(typed)
    if not title:
        raise Refusal("Donnez un titre à ce jeu de données, par exemple « Fin de la consultation ».")
    if len(title) > LONGEST:
        raise Refusal(f"Ce titre est trop long : {LONGEST} signes au plus.")
    return title


def freeze(title: str, key: str, staff_id: int | None, now: datetime, tell: Tell) -> int:
    """Freeze the dialogue of this moment; returns the dataset's number. Under the same key it is the same one."""
    title, mark = checked_title(title), losses_mark()
    if known := db.session.scalar(select(FrozenDataset.id).where(FrozenDataset.key == key)):
        return known
    tell(0, STEPS)
    frames, names = _take(_secret())
    if frames.participants.empty:
        raise Refusal("Personne n’a encore parlé : il n’y a rien à figer.")
    tell(1, STEPS)
    (version, referential), guide = current_referential(), current_guide()
    options = Options(retained=_retained(names), guide=str(guide.number) if guide else "")
    made = words.taken_out(report(frames, referential, options), frames)
    tell(2, STEPS)
    _folder(key).write(frames, names, {field.name: getattr(made, field.name) for field in fields(Report)})
    sha256 = sha256_of(frames)
    dataset = FrozenDataset(
        key=key, title=title, made_at=now, staff_id=staff_id, sha256=sha256, sha256_now=sha256, mark=mark,
        people=len(frames.participants), texts=len(frames.contributions), answers=len(frames.answers),
        tags=len(frames.tags), referential=version, guide=guide.number if guide else 0,
    )  # fmt: skip
    with writing() as session:
        session.add(dataset)
        session.flush()
        note(key, "made", staff_id, now, frozen_id=dataset.id, detail=title)
    return dataset.id


def _take(secret: str) -> tuple[Frames, Names]:
    """The dialogue as it stands, and who stands behind each name in it."""
    people, texts = stable_names()
    frames = frames_under(people, texts)
    said = dict(zip(frames.contributions["contribution"], frames.contributions["text"], strict=True))
    known = {name: (number, digest_of(said[name], secret)) for number, name in texts.items() if name in said}
    return frames, Names({name: number for number, name in people.items()}, known, _citable(frames))


def _citable(frames: Frames) -> frozenset[str]:
    """The texts of people who stand among enough others."""
    people, texts = frames.participants, frames.contributions
    of_group = people.groupby("group")["participant"].transform("size")
    of_subgroup = people.groupby(["group", "subgroup"])["participant"].transform("size")
    among = (of_group >= FEW_PEOPLE) & ((people["subgroup"] == "") | (of_subgroup >= FEW_PEOPLE))
    return frozenset(texts.loc[texts["participant"].isin(people.loc[among, "participant"]), "contribution"])


def _retained(names: Names) -> frozenset[str]:
    kept = set(db.session.scalars(select(Retained.contribution_id)))
    return frozenset(name for name, (number, _) in names.texts.items() if number in kept)


def _secret() -> str:
    return current_app.config["KEYS"]["session"]


def _folder(key: str) -> Folder:
    return Folder(current_app.config["HOUSE"].data / "frozen" / key)


def folder_of(dataset: FrozenDataset) -> Folder:
    return _folder(dataset.key)


def frozen_list() -> Sequence[FrozenDataset]:
    """The datasets that are kept, the newest first."""
    kept = select(FrozenDataset).where(FrozenDataset.deleted_at.is_(None)).order_by(FrozenDataset.id.desc())
    return db.session.scalars(kept).all()


def find(number: int) -> FrozenDataset:
    """A dataset, its counts up to date with what was taken back; raises NotFound."""
    dataset = db.session.get(FrozenDataset, number)
    if dataset is None or dataset.deleted_at or not (folder_of(dataset).path / "names.json").exists():
        raise NotFound(GONE)
    return dataset if dataset.mark == losses_mark() else settle(dataset)


def settle(dataset: FrozenDataset) -> FrozenDataset:
    """Let what was taken back since leave the files; count it, and hash what stands. Done twice it does no harm."""
    mark, folder = losses_mark(), folder_of(dataset)
    names, frames, kept = folder.names(), folder.frames(), folder.report()
    standing = read_standing(names, dataset.made_at, _secret())
    left = Names(
        {name: names.people[name] for name in sorted(standing.people)},
        {name: place for name, place in names.texts.items() if name not in standing.lost},
        names.citable - standing.lost,
        frozenset(standing.silent),
    )
    if left != names:
        has_table = (standing.people - standing.silent).__contains__
        kept = kept | vars(words.purged(Report(**kept), standing.lost, has_table, standing.texts))
        folder.write(_only(frames, left), left, kept)
    with writing() as session:
        dataset = session.get(FrozenDataset, dataset.id)
        dataset.people_gone = dataset.people - len(left.people) + len(left.silent)
        dataset.texts_gone = dataset.texts - len(standing.texts)
        dataset.sha256_now = sha256_of(_with_words(_only(frames, left), standing.texts))
        dataset.mark = mark
    return dataset


def _only(frames: Frames, names: Names) -> Frames:
    """The rows of those who still stand."""
    people, texts = list(names.people), list(names.texts)
    answering = [name for name in people if name not in names.silent]
    return Frames(
        participants=frames.participants[frames.participants["participant"].isin(people)],
        groups=frames.groups,
        answers=frames.answers[frames.answers["participant"].isin(answering)],
        contributions=frames.contributions[frames.contributions["contribution"].isin(texts)],
        tags=frames.tags[frames.tags["contribution"].isin(texts)],
    )


def _with_words(frames: Frames, texts: dict[str, str]) -> Frames:
    """The tables with the words that may be read today, and without the rows of the others."""
    here = frames.contributions[frames.contributions["contribution"].isin(texts)]
    said = here.assign(text=here["contribution"].map(texts).astype(object))
    tags = frames.tags[frames.tags["contribution"].isin(texts)]
    return replace(frames, contributions=said.reset_index(drop=True), tags=tags.reset_index(drop=True))


def frozen_frames(number: int) -> Frames:
    """The dataset's five tables, less what was taken back since."""
    folder = folder_of(find(number))
    names = folder.names()
    return _with_words(_only(folder.frames(), names), read_texts(names, names.texts))


def read_texts(names: Names, wanted: Collection[str]) -> dict[str, str]:
    """By name, the words that may be read today."""
    return read_words(names, wanted, _secret())[0]


def frozen_results(number: int) -> Results:
    """The results as they were when the dataset was made, with the words that still stand; raises NotFound."""
    dataset = find(number)
    folder = folder_of(dataset)
    return _results(folder, folder.written(), dataset.mark, dataset.id)


@lru_cache(maxsize=2)
def _results(folder: Folder, _written: int, _mark: str, number: int) -> Results:
    dataset, names = db.session.get(FrozenDataset, number), folder.names()
    kept = Report(**folder.report())
    texts, private = read_texts(names, words.names_in(kept)), said_to_the_team()
    quotable = frozenset(name for name, (number, _) in names.texts.items() if number not in private)
    has_table = (names.people.keys() - names.silent).__contains__
    made = words.put_back(kept, texts, has_table)
    return Results(
        made, dataset.referential, dataset.sha256, dataset.made_at, quotable, dataset.guide, None,
        {}, WHOLE,
    )  # fmt: skip

"""The tables of a dialogue as pandas frames: their columns, their defaults, their checks.

One row a person, a group, an option answered, a contribution, a tag on a passage; the columns are those of `COLUMNS`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path

import pandas as pd

from analysis.errors import BadInput

# Each column with the value that stands for it where a table does not have it; None: it must be there.
COLUMNS = {
    "participants": {
        "participant": None, "group": None, "subgroup": "", "profile": "", "target": "", "place": "", "cluster": "",
    },
    "groups": {"group": None, "label": None, "side": "external", "in_total": 1},
    "answers": {"participant": None, "question": None, "kind": "choice", "option": "", "value": "1"},
    "contributions": {
        "contribution": None, "participant": None, "source": "cafe", "question": "", "feeds": "*", "about": "",
        "prompted": 0, "text": "", "created_at": "",
    },
    "tags": {
        "contribution": None, "family": None, "tag": "", "start": 0, "end": 0,
        "rule": "", "origin": "rule", "stance": "",
    },
}  # fmt: skip
KINDS = ("rank", "rate", "choice", "multi", "regnier")
SIDES = ("external", "internal")
NUMBERS = ("in_total", "prompted", "start", "end")
TARGET, SILENT = "populations.cible", ("nsp", "refus")
# What a Régnier vote may be: a colour from 5 to 1, a word of the scale, or a silence.
COLOURS, WORDS = ("5", "4", "3", "2", "1"), ("incontournable", "souhaitable", "dilemme", "contre")
BLANK, BLACK = "blanc", "noir"


@dataclass(frozen=True)
class Frames:
    """The five tables, complete and checked; made by `make_frames`."""

    participants: pd.DataFrame
    groups: pd.DataFrame
    answers: pd.DataFrame
    contributions: pd.DataFrame
    tags: pd.DataFrame


def make_frames(tables: Mapping[str, pd.DataFrame]) -> Frames:
    """The frames that these tables make, completed and checked; the tables given are not changed.

    Only `participants` must be there. Raises BadInput, in French, at the first fault.
    """
    if "participants" not in tables:
        raise BadInput("Il manque la table participants.csv.")
    full = {name: _complete(name, tables.get(name)) for name in COLUMNS}
    if "groups" not in tables:
        full["groups"] = _groups_of(full["participants"])
    frames = Frames(**full)
    _check(frames)
    return replace(frames, participants=_with_targets(frames))


def _with_targets(frames: Frames) -> pd.DataFrame:
    """The participants, a target that is missing being the one that they chose as `populations.cible`."""
    chosen = frames.answers[(frames.answers["question"] == TARGET) & ~frames.answers["option"].isin(SILENT)]
    targets = chosen.drop_duplicates("participant").set_index("participant")["option"]
    own = frames.participants["target"]
    found = frames.participants["participant"].map(targets).fillna("").astype(object)
    return frames.participants.assign(target=own.where(own != "", found))


def _complete(name: str, table: pd.DataFrame | None) -> pd.DataFrame:
    """The table's known columns, in order, as text; what is absent or empty takes its default."""
    columns = COLUMNS[name]
    if table is None or not len(table.columns):
        table = pd.DataFrame(columns=list(columns))
    missing = [column for column, default in columns.items() if default is None and column not in table]
    if missing:
        raise BadInput(f"Il manque la colonne « {missing[0]} » dans {name}.csv.")
    full = {column: _column(f"{name}.csv", column, table, default) for column, default in columns.items()}
    return pd.DataFrame(full, columns=list(columns)).reset_index(drop=True)


def _column(file: str, column: str, table: pd.DataFrame, default) -> pd.Series:
    blank = "" if default is None else str(default)
    values = table[column].reset_index(drop=True) if column in table else pd.Series([blank] * len(table))
    values = values.astype(object).where(values.notna(), blank).astype(str)
    if column != "text":
        values = values.str.strip()
    values = values.where(values != "", blank).astype(object)
    return _whole_numbers(values, f"« {column} » de {file}") if column in NUMBERS else values


def _whole_numbers(values: pd.Series, place: str) -> pd.Series:
    numbers = pd.to_numeric(values, errors="coerce")
    if numbers.isna().any() or (numbers % 1 != 0).any():
        bad = values[numbers.isna() | (numbers % 1 != 0)].iloc[0]
        raise BadInput(f"La colonne {place} attend un nombre entier, pas « {bad} ».")
    return numbers.astype(int)


def _groups_of(participants: pd.DataFrame) -> pd.DataFrame:
    codes = sorted(participants["group"].unique())
    return pd.DataFrame({"group": codes, "label": codes, "side": "external", "in_total": 1})


def _check(frames: Frames) -> None:
    _unique(frames.participants["participant"], "participants.csv")
    _unique(frames.contributions["contribution"], "contributions.csv")
    _unique(frames.groups["group"], "groups.csv")
    _known(frames.groups["side"], SIDES, "groups.csv", "le côté")
    _known(frames.participants["group"], frames.groups["group"], "participants.csv", "le groupe")
    people, texts = frames.participants["participant"], frames.contributions["contribution"]
    _known(frames.answers["participant"], people, "answers.csv", "le participant")
    _known(frames.contributions["participant"], people, "contributions.csv", "le participant")
    _known(frames.tags["contribution"], texts, "tags.csv", "la contribution")
    _known(frames.answers["kind"], KINDS, "answers.csv", "le type de réponse")
    _check_values(frames.answers)


def _unique(codes: pd.Series, file: str) -> None:
    twice = codes[codes.duplicated()]
    if len(twice):
        raise BadInput(f"« {twice.iloc[0]} » est deux fois dans {file}.")


def _known(codes: pd.Series, known, file: str, what: str) -> None:
    unknown = codes[~codes.isin(list(known))]
    if len(unknown):
        raise BadInput(f"Dans {file}, {what} « {unknown.iloc[0]} » est inconnu.")


VALUES = {
    "rank": (r"0*[1-9][0-9]{0,3}", "un rang est un entier à partir de 1"),
    "rate": (r"[1-4]([.][0-9]+)?|5([.]0+)?", "une note va de 1 à 5"),
    "regnier": ("|".join((*COLOURS, *WORDS, BLANK, BLACK)), "un vote est une couleur de 5 à 1 ou un mot de l’échelle"),
}


def _check_values(answers: pd.DataFrame) -> None:
    said = answers[~answers["option"].isin(SILENT)]
    for kind, (pattern, rule) in VALUES.items():
        values = said.loc[said["kind"] == kind, "value"]
        bad = values[~values.str.fullmatch(pattern)]
        if len(bad):
            raise BadInput(f"Dans answers.csv, {rule}, pas « {bad.iloc[0]} ».")


def read_frames(directory: Path) -> Frames:
    """The frames written in a directory as CSV files; groups.csv and the others but participants.csv may be absent."""
    if not (directory / "participants.csv").is_file():
        raise BadInput(f"Il manque le fichier participants.csv dans {directory}.")
    tables = {name: _read(directory / f"{name}.csv") for name in COLUMNS if (directory / f"{name}.csv").is_file()}
    return make_frames(tables)


def _read(path: Path) -> pd.DataFrame:
    try:
        return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput(f"Le fichier {path.name} n’est pas en UTF-8.") from None
    except (pd.errors.ParserError, pd.errors.EmptyDataError):
        raise BadInput(f"Le fichier {path.name} n’est pas un CSV lisible.") from None


def write_frames(frames: Frames, directory: Path) -> None:
    """Write the five tables as CSV (UTF-8, LF), so that `read_frames` reads them back."""
    directory.mkdir(parents=True, exist_ok=True)
    for field in fields(frames):
        getattr(frames, field.name).to_csv(directory / f"{field.name}.csv", index=False, lineterminator="\n")

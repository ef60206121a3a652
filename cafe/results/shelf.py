"""The files of a frozen dataset: its tables and its report, without a word that anyone said.

Words stay in one place, the base: taken back there, they are gone from here at once. What is here says where each
was, and a keyed digest tells whether it is still the same.
"""

import hashlib
import json
import pickle
import shutil
from dataclasses import dataclass, fields, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from analysis.frames import Frames, read_frames, write_frames

NAMES, REPORT = "names.json", "report.results"


@dataclass(frozen=True)
class Names:
    """Who stands behind each pseudonym: a person's number; a text's number and the digest of its words.

    `silent`: those who took their answers back and stayed; `citable`: the texts of people whose group, and subgroup if
    they have one, held enough people.
    """

    people: dict[str, int]
    texts: dict[str, tuple[int, str]]
    citable: frozenset[str]
    silent: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Folder:
    """One dataset's folder, read and written whole files at a time."""

    path: Path

    def write(self, frames: Frames, names: Names, report: dict) -> None:
        """Put everything, or put it again; the names last, since they say what the rest holds."""
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path.parent.chmod(0o700)
        with TemporaryDirectory(dir=self.path) as aside:
            write_frames(without_words(frames), Path(aside))
            (Path(aside) / REPORT).write_bytes(pickle.dumps(report))
            (Path(aside) / NAMES).write_text(json.dumps(vars(names), default=sorted), encoding="utf-8")
            for path in sorted(Path(aside).iterdir(), key=lambda path: (path.name == NAMES, path.name)):
                path.chmod(0o600)
                path.replace(self.path / path.name)

    def frames(self) -> Frames:
        """The tables, their texts empty."""
        return read_frames(self.path)

    def names(self) -> Names:
        told = json.loads((self.path / NAMES).read_text(encoding="utf-8"))
        texts = {name: (number, digest) for name, (number, digest) in told["texts"].items()}
        return Names(told["people"], texts, frozenset(told["citable"]), frozenset(told["silent"]))

    def report(self) -> dict:
        # The install's own file, beside its keys: nothing sent by anyone is ever unpickled.
        return pickle.loads((self.path / REPORT).read_bytes())

    def written(self) -> int:
        return (self.path / NAMES).stat().st_mtime_ns

    def forget(self) -> None:
        shutil.rmtree(self.path, ignore_errors=True)


def without_words(frames: Frames) -> Frames:
    return replace(frames, contributions=frames.contributions.assign(text=""))


def csv_tables(frames: Frames) -> dict[str, bytes]:
    """The five files, by name, as `write_frames` writes them."""
    names = sorted(field.name for field in fields(frames))
    return {f"{name}.csv": getattr(frames, name).to_csv(index=False, lineterminator="\n").encode() for name in names}


def sha256_of(frames: Frames) -> str:
    """The hash of five tables, as anyone finds it again from their files: `sha256sum *.csv | sha256sum`."""
    lines = [f"{hashlib.sha256(table).hexdigest()}  {file}\n" for file, table in csv_tables(frames).items()]
    return hashlib.sha256("".join(lines).encode()).hexdigest()

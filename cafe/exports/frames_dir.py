import zipfile
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from analysis.frames import Frames, write_frames
from cafe.exports.coarsening import CELLS
from cafe.exports.reading import Corpus
from cafe.results.frames import frames_under

DAY = len("2026-01-05")


def corpus_frames(corpus: Corpus) -> Frames:
    """The corpus as the tables of the dialogue; coarsened when it is public."""
    frames = frames_under({number: person.name for number, person in corpus.people.items()}, corpus.texts)
    if not corpus.choices.public:
        return frames
    known = {person.name: person for person in corpus.people.values()}
    cells = {name: [getattr(known[p], name) for p in frames.participants["participant"]] for name in CELLS}
    moments = frames.contributions["created_at"].str[:DAY]
    contributions = frames.contributions.assign(created_at=moments)
    return replace(frames, participants=frames.participants.assign(**cells), contributions=contributions)


def write_frames_zip(corpus: Corpus, path: Path) -> None:
    """The five tables of the dialogue, as `cafe score` reads them, in one file."""
    with TemporaryDirectory() as folder, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        write_frames(corpus_frames(corpus), Path(folder))
        for table in sorted(Path(folder).iterdir()):
            archive.write(table, table.name)


def write_frames_dir(corpus: Corpus, directory: Path) -> None:
    """The five tables in a directory, made if need be; written aside first, so that none is ever cut short."""
    directory.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=directory) as folder:
        write_frames(corpus_frames(corpus), Path(folder))
        for table in sorted(Path(folder).iterdir()):
            table.replace(directory / table.name)

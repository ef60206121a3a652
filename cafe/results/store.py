"""What was computed, kept in files of the install, so that no request and no other process computes it again."""

import pickle
import shutil
from functools import lru_cache
from pathlib import Path
from tempfile import NamedTemporaryFile


def standing_folder(root: Path, mark: str) -> Path:
    """Where results are kept under this mark of what was taken back; those under another mark go, with their words."""
    folder = root / mark[:16]
    for other in set(root.glob("*")) - {folder}:
        if other.is_dir():
            shutil.rmtree(other, ignore_errors=True)
        else:
            other.unlink(missing_ok=True)
    return folder


def save(folder: Path, name: str, digest: str, made, kept: int) -> None:
    """Keep it under its name and what it rests on; written aside first, the oldest of the folder forgotten."""
    folder.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=folder, delete=False) as file:
        pickle.dump(made, file)
    Path(file.name).replace(_path(folder, name, digest))
    for old in _newest_first(folder, "")[kept:]:
        old.unlink(missing_ok=True)


def load(folder: Path, name: str, digest: str):
    """What rests on this under this name, None when it is not computed."""
    return _read_if_there(_path(folder, name, digest))


def latest(folder: Path, name: str):
    """The last computed under this name, whatever it rests on."""
    paths = _newest_first(folder, name)
    return _read_if_there(paths[0]) if paths else None


def _path(folder: Path, name: str, digest: str) -> Path:
    return folder / f"{name}.{digest}.results"


def _newest_first(folder: Path, name: str) -> list[Path]:
    pattern = f"{name}.*.results" if name else "*.results"
    found = [(_written(path), path) for path in folder.glob(pattern)]
    return [path for written, path in sorted(found, reverse=True) if written]


def _written(path: Path) -> int:
    """When it was written, 0 when another process has just forgotten it."""
    try:
        return path.stat().st_mtime_ns
    except FileNotFoundError:
        return 0


def _read_if_there(path: Path):
    try:
        return _read(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        return None


@lru_cache(maxsize=4)
def _read(path: Path, _written: int):
    # These files are the install's own, beside its keys: nothing sent by anyone is ever unpickled.
    return pickle.loads(path.read_bytes())

"""Results once computed, kept in files of the install, so that no request and no other process computes them again."""

import pickle
import shutil
from functools import lru_cache
from pathlib import Path
from tempfile import NamedTemporaryFile

KEPT = 3


def standing_folder(root: Path, mark: str) -> Path:
    """Where results are kept under this mark of what was taken back; those under another mark go, with their words."""
    folder = root / mark[:16]
    for other in set(root.glob("*")) - {folder}:
        if other.is_dir():
            shutil.rmtree(other, ignore_errors=True)
        else:
            other.unlink(missing_ok=True)
    return folder


def save(folder: Path, digest: str, results) -> None:
    """Keep results under what they rest on; written aside first, the oldest forgotten."""
    folder.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=folder, delete=False) as file:
        pickle.dump(results, file)
    Path(file.name).replace(folder / f"{digest}.results")
    for old in _newest_first(folder)[KEPT:]:
        old.unlink(missing_ok=True)


def load(folder: Path, digest: str):
    """The results that rest on this, None when they are not computed."""
    path = folder / f"{digest}.results"
    return _read(path, path.stat().st_mtime_ns) if path.exists() else None


def latest(folder: Path):
    """The last results computed, whatever they rest on."""
    paths = _newest_first(folder)
    return _read(paths[0], paths[0].stat().st_mtime_ns) if paths else None


def _newest_first(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.results"), key=lambda path: path.stat().st_mtime_ns, reverse=True)


@lru_cache(maxsize=4)
def _read(path: Path, _written: int):
    # These files are the install's own, beside its keys: nothing sent by anyone is ever unpickled.
    return pickle.loads(path.read_bytes())

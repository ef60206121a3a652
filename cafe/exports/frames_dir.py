import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

from analysis.frames import Frames, write_frames


def write_frames_zip(frames: Frames, _families: list, path: Path) -> None:
    """The five tables of the dialogue, as `cafe score` reads them, in one file."""
    with TemporaryDirectory() as folder, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        write_frames(frames, Path(folder))
        for table in sorted(Path(folder).iterdir()):
            archive.write(table, table.name)


def write_frames_dir(frames: Frames, directory: Path) -> None:
    """The five tables in a directory, made if need be; written aside first, so that none is ever cut short."""
    directory.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=directory) as folder:
        write_frames(frames, Path(folder))
        for table in sorted(Path(folder).iterdir()):
            table.replace(directory / table.name)

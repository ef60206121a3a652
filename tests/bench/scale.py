"""`cafe tag` on a great many texts: memory that does not grow with them, and two Dask workers beside one.

The texts are those of TEXTS, repeated; SCALE says how many: `SCALE=1000000 python -m tests.bench.scale`.
"""

import csv
import os
import subprocess
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path

from distributed import LocalCluster

from cafe.referential.cluster import STATUS_PAGE
from tests.bench.tagging import TEXTS

SCALE = int(os.environ.get("SCALE", "120000"))
# Memory is compared with that of a tenth of the texts; a cluster gets no more than so many; its workers warm on a few.
PART, SHARED, WARM = 10, 60_000, 4_000
GROWTH = 1.1
CAFE = Path(sys.executable).parent / "cafe"


def write_texts(path: Path, count: int) -> Path:
    with TEXTS.open(encoding="utf-8", newline="") as file:
        texts = [row["text"] for row in csv.DictReader(file)]
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("id", "text"))
        rows.writerows(enumerate(islice(cycle(texts), count)))
    return path


def tag(source: Path, output: Path, *options: str) -> tuple[float, float]:
    """Run the command; how many seconds it took, and its peak memory in MiB."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [CAFE, "tag", source, "-o", output, *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"cafe tag ended with {process.returncode}")
    return time.perf_counter() - start, used.ru_maxrss / 1024


def measure_memory(folder: Path) -> bool:
    """Peak memory on all the texts beside a tenth of them."""
    peaks = []
    for count in (SCALE // PART, SCALE):
        seconds, peak = tag(write_texts(folder / "texts.csv", count), folder / "tags.csv")
        print(f"cafe tag: {count} texts in {seconds:.0f} s, {count / seconds:.0f}/s, peak {peak:.0f} MiB")
        peaks.append(peak)
    print(f"cafe tag: memory × {peaks[1] / peaks[0]:.2f} for {PART} times the texts (at most {GROWTH})")
    return peaks[1] <= GROWTH * peaks[0]


def measure_cluster(folder: Path) -> bool:
    """The same bytes from one process, one Dask worker and two; how much faster two are than one."""
    count = min(SCALE, SHARED)
    source, few = write_texts(folder / "texts.csv", count), write_texts(folder / "few.csv", min(count, WARM))
    tag(source, folder / "alone.csv")
    seconds = [tag_on_workers(workers, source, few, folder) for workers in (1, 2)]
    print(f"Dask: {count} texts, 1 worker {seconds[0]:.1f} s, 2 workers {seconds[1]:.1f} s", end=", ")
    print(f"ratio {seconds[0] / seconds[1]:.2f}")
    alone = (folder / "alone.csv").read_bytes()
    return all((folder / f"by{workers}.csv").read_bytes() == alone for workers in (1, 2))


def tag_on_workers(workers: int, source: Path, few: Path, folder: Path) -> float:
    with LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=STATUS_PAGE) as cluster:
        options = ("--engine", "dask", "--dask-address", cluster.scheduler_address)
        tag(few, folder / "few_tags.csv", *options)
        return tag(source, folder / f"by{workers}.csv", *options)[0]


def measure_scale() -> bool:
    if not TEXTS.exists():
        print(f"cafe tag at scale: not measured, {TEXTS} is absent (TEXTS=file.csv says where texts are)")
        return True
    with tempfile.TemporaryDirectory(prefix="cafe-scale-") as name:
        return all([measure_memory(Path(name)), measure_cluster(Path(name))])


if __name__ == "__main__":
    sys.exit(not measure_scale())

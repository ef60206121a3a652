"""What a server's processes have spent of the processor, as Linux counts it."""

import os
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def spent(server: int) -> float:
    """Seconds spent so far by a server, the head of its process group, and by its workers."""
    return sum(_ticks(fields) for fields in _processes() if int(fields[2]) == server) / TICKS


def _ticks(fields: list[str]) -> int:
    return int(fields[11]) + int(fields[12])


def _processes():
    """The fields of each process after its name: state, parent, group…"""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            yield stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue

"""Run the site's tests, or those named, on a PostgreSQL server made for them and thrown away after."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.live import free_port

USER = "postgres"


def main() -> int:
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1]
    folder = Path(tempfile.mkdtemp(prefix="cafe-postgres-"))
    as_user = []
    if os.geteuid() == 0:
        # The server refuses to run as root.
        shutil.chown(folder, USER)
        as_user = ["runuser", "-u", USER, "--"]
    port, data = free_port(), folder / "data"
    quiet = {"check": True, "stdout": subprocess.DEVNULL, "cwd": "/"}
    control = [*as_user, programs / "pg_ctl", "-D", data]
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    subprocess.run([*as_user, programs / "initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8"], **quiet)
    subprocess.run([*control, "-o", options, "-w", "-l", folder / "log", "start"], **quiet)
    try:
        env = os.environ | {"TEST_DATABASE_URL": f"postgresql+psycopg://{USER}@127.0.0.1:{port}/"}
        what = sys.argv[1:] or ["tests/cafe"]
        spread = ("-n", "2", "--dist", "loadfile", "--no-loadscope-reorder")
        return subprocess.run([sys.executable, "-m", "pytest", "-q", *spread, *what], env=env).returncode
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], **quiet)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())

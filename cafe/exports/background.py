"""A long export in a process of its own, at low priority: neither the site's pages nor its memory feel it.

The scheduler does not do it: an install without a scheduler must export too, and its maker waits for it.
"""

import os
import subprocess
import sys
from threading import Thread

from config import Config


def start_export(export_id: int, config: Config, job: str = "export-job") -> None:
    """Begin an export by its hidden command; the process outlives the request, and ends by itself."""
    settings = {"CAFE_DATA": str(config.data), "DATABASE_URL": config.database_url}
    command = [sys.executable, "-m", "cafe", job, str(export_id)]
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
    process = subprocess.Popen(command, env=os.environ | settings, start_new_session=True, **quiet)
    # Someone must wait for it, or it would stay as a zombie.
    Thread(target=process.wait, daemon=True).start()

"""`cafe scheduler` as it runs: two at once, killed without warning, stopped politely. Each e-mail leaves once.

The processes read the real clock: the café lives in a zone where it is midday now.
"""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from cafe.extensions import writing
from cafe.messages.models import Message
from cafe.people.models import Contact, Participant
from tests.mail import SENDER, SITE

CAFE = Path(sys.executable).with_name("cafe")
PEOPLE = 60


def midday_zone() -> str:
    """A zone without summer time where the clocks show twelve something."""
    west = datetime.now(UTC).hour - 12
    return f"Etc/GMT{west:+d}" if west else "Etc/GMT"


@pytest.fixture
def crowd(office):
    """Sixty people with an address, in a café whose first day is today."""
    zone = midday_zone()
    office.change_cafe(timezone=zone, first_day=datetime.now(ZoneInfo(zone)).date())
    made = {"group_code": "grand_public", "created_at": datetime.now(UTC)}
    with office.house.app.app_context(), writing() as session:
        for n in range(PEOPLE):
            person = Participant(pseudonym=f"Pin {n}", **made)
            session.add(person)
            session.flush()
            session.add(Contact(participant_id=person.id, email=f"pin{n}@exemple.fr"))
    return office


@contextmanager
def started(office, *arguments):
    """A scheduler's process; what it says goes to `stderr`."""
    house = office.house.app.config["HOUSE"]
    settings = {"CAFE_DATA": str(house.data), "DATABASE_URL": house.database_url, "SMTP_URL": office.mailbox.url}
    environment = os.environ | settings | {"MAIL_FROM": SENDER, "PUBLIC_URL": SITE}
    command = [CAFE, "scheduler", *arguments]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
        yield process


def run_once(office) -> str:
    """One pass, in a process of its own; returns what it said."""
    with started(office, "--once") as process:
        _, said = process.communicate(timeout=120)
    assert process.returncode == 0, said
    return said


def states(office) -> dict[str, int]:
    found = [message.state for message in office.messages(channel="email")]
    return {state: found.count(state) for state in found}


def test_two_schedulers_at_once_send_each_e_mail_once(crowd):
    with started(crowd, "--once") as one, started(crowd, "--once") as other:
        said = [process.communicate(timeout=120)[1] for process in (one, other)]
    assert (one.returncode, other.returncode) == (0, 0), said
    assert sorted(crowd.mailbox.offered.values()) == [1] * PEOPLE
    assert states(crowd) == {"sent": PEOPLE}
    assert "failed" not in "".join(said)


def test_killed_while_sending_the_others_get_theirs_and_nobody_gets_two(crowd):
    crowd.mailbox.held = {f"pin{n}@exemple.fr" for n in range(PEOPLE // 2, PEOPLE)}
    with started(crowd, "--once") as process:
        assert crowd.mailbox.reached.wait(120)
        process.send_signal(signal.SIGKILL)
    assert states(crowd) == {"sent": PEOPLE // 2, "sending": 1, "due": PEOPLE // 2 - 1}
    crowd.mailbox.held = set()
    run_once(crowd)
    assert sorted(crowd.mailbox.offered.values()) == [1] * PEOPLE
    assert states(crowd) == {"sent": PEOPLE - 1, "sending": 1}
    with crowd.house.app.app_context(), writing() as session:
        abandoned = datetime.now(UTC) - timedelta(minutes=16)
        session.execute(update(Message).where(Message.state == "sending").values(claimed_at=abandoned))
    assert "1 e-mail(s) claimed and not acknowledged: perhaps sent" in run_once(crowd)
    (lost,) = crowd.messages(state="failed")
    assert lost.detail.startswith("Peut-être envoyé")
    assert sorted(crowd.mailbox.offered.values()) == [1] * PEOPLE


def test_asked_to_stop_it_ends_the_e_mail_under_way_and_leaves(crowd):
    crowd.mailbox.held = {"pin9@exemple.fr"}
    with started(crowd) as process:
        assert crowd.mailbox.reached.wait(120)
        process.send_signal(signal.SIGTERM)
        said = process.stderr.readline()
        while said and not said.endswith("stopping\n"):
            said += process.stderr.readline()
        crowd.mailbox.let.set()
        said += process.communicate(timeout=120)[1]
    assert process.returncode == 0, said
    assert "Traceback" not in said and "exemple.fr" not in said
    assert states(crowd) == {"sent": 10, "due": PEOPLE - 10}


def test_without_a_mail_server_a_pass_ends_well_and_e_mails_wait(crowd):
    house = crowd.house.app.config["HOUSE"]
    settings = {"CAFE_DATA": str(house.data), "DATABASE_URL": house.database_url, "SMTP_URL": ""}
    done = subprocess.run([CAFE, "scheduler", "--once"], env=os.environ | settings, capture_output=True, text=True)
    assert done.returncode == 0 and "e-mails wait" in done.stderr
    assert states(crowd) == {"due": PEOPLE}


def test_a_mail_server_that_cannot_be_read_is_told_in_one_sentence(crowd):
    house = crowd.house.app.config["HOUSE"]
    settings = {"CAFE_DATA": str(house.data), "DATABASE_URL": house.database_url, "SMTP_URL": "serveur"}
    done = subprocess.run([CAFE, "scheduler", "--once"], env=os.environ | settings, capture_output=True, text=True)
    assert done.returncode == 1 and "SMTP_URL ne se lit pas" in done.stderr and "Traceback" not in done.stderr

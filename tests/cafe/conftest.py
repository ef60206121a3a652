from dataclasses import replace

import pytest

from cafe.scheduler import Scheduler
from tests.mail import SENDER, SITE, PostOffice, mail_server


@pytest.fixture
def office(house):
    """The house's post office, before a real mail server."""
    with mail_server() as mailbox:
        settings = {"smtp_url": mailbox.url, "mail_from": SENDER, "public_url": SITE}
        house.app.config["HOUSE"] = replace(house.app.config["HOUSE"], **settings)
        yield PostOffice(house, mailbox, Scheduler(house.app))

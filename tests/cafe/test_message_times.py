"""When messages leave: quiet hours, lateness, the nights when the clocks change. Each person, each message, once."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from cafe.messages.due import is_quiet, nudge_window, windows

TILLEUL = "tilleul@exemple.fr"
AUTUMN, SPRING = date(2026, 10, 23), date(2026, 3, 27)


@dataclass(frozen=True)
class Hours:
    """The columns of a café that say when."""

    opening_hour: int = 8
    quiet_from: int = 20
    quiet_to: int = 8
    reminder_hour: int = 18
    timezone: str = "Europe/Paris"
    first_day: date = date(2026, 1, 5)
    days: int = 4
    archived_at: datetime | None = None


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def window(cafe: Hours, kind: str, now: datetime):
    return next((found for found in windows(cafe, now) if found.kind == kind), None)


@pytest.mark.parametrize(
    ("cafe", "kind", "start", "end"),
    [
        (Hours(), "opening", at(1, 7, 7), at(1, 7, 19)),
        (Hours(), "reminder", at(1, 7, 17), at(1, 7, 19)),
        (Hours(), "digest", at(1, 7, 17), at(1, 7, 19)),
        (Hours(opening_hour=6), "opening", at(1, 7, 7), at(1, 7, 19)),
        (Hours(opening_hour=20), "opening", at(1, 7, 7), at(1, 7, 19)),
        (Hours(quiet_from=0, quiet_to=0), "opening", at(1, 7, 7), at(1, 8, 7)),
        (Hours(quiet_from=13, quiet_to=15), "opening", at(1, 7, 7), at(1, 7, 12)),
        (Hours(opening_hour=12, reminder_hour=9), "reminder", at(1, 7, 8), at(1, 7, 11)),
        (Hours(timezone="Pacific/Noumea"), "opening", at(1, 6, 21), at(1, 7, 9)),
    ],
)
def test_a_message_has_its_hours_by_the_clocks_of_its_cafe(cafe, kind, start, end):
    tick = timedelta(minutes=1)
    assert window(cafe, kind, start - tick) is None or window(cafe, kind, start - tick).start < start
    found = window(cafe, kind, start)
    assert (found.start, found.end) == (start, end)


@pytest.mark.parametrize(
    ("cafe", "now"),
    [
        (Hours(reminder_hour=21), at(1, 7, 21)),
        (Hours(reminder_hour=8, quiet_to=7), at(1, 7, 18)),
        (Hours(archived_at=at(1, 6, 0)), at(1, 7, 18)),
        (Hours(), at(1, 4, 18)),
        (Hours(), at(1, 9, 18)),
    ],
)
def test_no_reminder_in_quiet_hours_when_archived_before_or_after_the_cafe(cafe, now):
    assert window(cafe, "reminder", now) is None


def test_the_end_is_told_within_two_days_out_of_quiet_hours():
    assert window(Hours(), "closing", at(1, 9, 6, 59)) is None
    assert window(Hours(), "closing", at(1, 9, 7)).start == at(1, 9, 7)
    assert window(Hours(opening_hour=4), "closing", at(1, 9, 7)).start == at(1, 9, 7)
    assert window(Hours(), "closing", at(1, 11, 7)) is None


@pytest.mark.parametrize(
    ("quiet_from", "quiet_to", "moment", "expected"),
    [
        (20, 8, at(1, 7, 19), True),
        (20, 8, at(1, 7, 18, 59), False),
        (20, 8, at(1, 7, 6, 59), True),
        (20, 8, at(1, 7, 7), False),
        (12, 14, at(1, 7, 12, 59), True),
        (12, 14, at(1, 7, 13), False),
        (8, 8, at(1, 7, 7), False),
        # The hour that comes twice is quiet twice.
        (2, 3, at(10, 25, 0, 30), True),
        (2, 3, at(10, 25, 1, 30), True),
        (2, 3, at(10, 25, 2), False),
        # The hour that does not come is not.
        (2, 3, at(3, 29, 1), False),
    ],
)
def test_quiet_hours_wrap_midnight_and_follow_the_clocks(quiet_from, quiet_to, moment, expected):
    assert is_quiet(Hours(quiet_from=quiet_from, quiet_to=quiet_to), moment) is expected


def test_a_nudge_leaves_at_once_or_when_the_quiet_hours_end():
    assert nudge_window(Hours(), 3, at(1, 7, 11)).start == at(1, 7, 11)
    assert nudge_window(Hours(), 3, at(1, 7, 21)).start == at(1, 8, 7)
    assert nudge_window(Hours(), 3, at(1, 8, 3)).end == at(1, 8, 19)


@pytest.fixture
def one(office):
    office.reachable("Tilleul", TILLEUL)
    return office


EXPECTED = Counter(
    [f"Café numérique : le jour {day} est ouvert" for day in (1, 2, 3, 4)]
    + [f"Café numérique : la question du jour {day} vous attend" for day in (1, 2, 3, 4)]
    + ["Café numérique : merci"]
)


# In March two o'clock does not come: what is due then is due at three. A reminder due with an opening is none.
OPENING_AT_THREE = Counter(["Café numérique : la question du jour 3 vous attend"])
NEXT_AT_THREE = Counter(["Café numérique : la question du jour 2 vous attend"])


@pytest.mark.parametrize("first_day", [AUTUMN, SPRING], ids=["October", "March"])
@pytest.mark.parametrize(
    ("opening_hour", "reminder_hour", "quiet_from", "quiet_to", "not_in_march"),
    [
        (2, 4, 0, 0, Counter()),
        (2, 3, 0, 0, OPENING_AT_THREE),
        (1, 2, 0, 0, Counter()),
        (3, 2, 4, 1, NEXT_AT_THREE),
        (2, 18, 20, 8, Counter()),
        (8, 18, 20, 2, Counter()),
    ],
)
def test_each_message_leaves_once_across_the_change_of_clocks(
    one, first_day, opening_hour, reminder_hour, quiet_from, quiet_to, not_in_march
):
    hours = {"opening_hour": opening_hour, "reminder_hour": reminder_hour}
    one.change_cafe(first_day=first_day, days=4, quiet_from=quiet_from, quiet_to=quiet_to, **hours)
    one.house.clock.now = datetime(first_day.year, first_day.month, first_day.day, tzinfo=UTC) - timedelta(hours=6)
    came = one.run_until(one.house.clock.now + timedelta(days=7), hours=1)
    assert Counter(subject for _, subject in came) == EXPECTED - (not_in_march if first_day == SPRING else Counter())


def test_each_message_leaves_once_at_the_other_end_of_the_world(one):
    one.change_cafe(timezone="Pacific/Noumea", days=4)
    one.house.clock.now = at(1, 4, 12)
    came = one.run_until(at(1, 11, 0), hours=1)
    assert Counter(subject for _, subject in came) == EXPECTED


def test_six_hours_late_the_opening_leaves_and_once(one):
    one.house.clock.now = at(1, 7, 6, 59)
    assert one.run_pass() == {}
    one.house.clock.move(hours=6)
    assert one.run_pass() == {TILLEUL: "Café numérique : le jour 3 est ouvert"}
    one.house.clock.move(minutes=1)
    assert one.run_pass() == {}


def test_too_late_for_the_day_nothing_leaves_in_quiet_hours_and_the_journal_keeps_it(one, caplog):
    one.house.clock.now = at(1, 7, 19, 30)
    assert one.run_pass() == one.run_pass() == {}
    assert {(m.kind, m.state, m.detail) for m in one.messages()} == {
        ("opening", "dropped", "Son heure est passée."),
        ("reminder", "dropped", "Son heure est passée."),
    }
    assert "2 message(s) dropped" in caplog.text
    one.house.clock.now = at(1, 8, 7)
    assert one.run_pass() == {TILLEUL: "Café numérique : le jour 4 est ouvert"}


def test_what_waited_for_the_mail_server_does_not_leave_in_quiet_hours(one):
    mailer = one.scheduler.office.mailer
    one.change_cafe(days=3)
    one.house.clock.now = at(1, 8, 18, 59)
    real, mailer.parts = mailer.parts, mailer.parts._replace(netloc="127.0.0.1:1")
    assert one.run_pass() == {}
    mailer.parts = real
    one.house.clock.move(minutes=1)
    assert one.run_pass() == {}
    one.house.clock.now = at(1, 9, 7)
    assert one.run_pass() == {TILLEUL: "Café numérique : merci"}

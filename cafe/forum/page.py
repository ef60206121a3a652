"""The page of a day, put together: the strip, the question, the posts, the composer."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from cafe.errors import NotFound
from cafe.forum import cafes, queries
from cafe.forum.forms import View
from cafe.forum.openings import reopened_days
from cafe.forum.queries import Asked, Post
from cafe.forum.schedule import current_day, has_opened, is_over, opens_at, takes_answers
from cafe.forum.synthesis import Written
from cafe.forum.synthesis import find as find_synthesis

NO_SUCH_DAY = "Cette journée n’existe pas dans ce café."


class Tile(NamedTuple):
    """A day in the strip; `state` is done, todo, missed or later."""

    day: int
    state: str
    here: bool


@dataclass
class DayPage:
    cafe: tuple
    asked: Asked | None
    day: int
    today: int
    opens_at: datetime
    is_open: bool
    takes_answers: bool
    tiles: tuple[Tile, ...]
    siblings: list[Asked]
    view: View
    posts: list[Post]
    more: bool = False
    newest: int = 0
    draft: str = ""
    reply_to: Post | None = None
    follow_up_id: int | None = None
    follow_up: str = ""
    synthesis: Written | None = None
    is_over: bool = False
    # The statements that are open, and those of them that wait for one's vote.
    votes: tuple[int, int] = (0, 0)

    @property
    def sees_others(self) -> bool:
        return queries.sees_others(self.asked)

    @property
    def next_question(self) -> Asked | None:
        """The first question of this day that still waits for an answer."""
        return next((asked for asked in self.siblings if not asked.answered), None)


def find_question(slug: str, day: int, n: int, participant_id: int) -> tuple[tuple, Asked]:
    """A café's question; raises NotFound when there is none at this place."""
    cafe = cafe_of(slug, participant_id)
    asked = queries.asked_question(cafe.id, day, n, participant_id)
    if asked is None:
        raise NotFound(NO_SUCH_DAY)
    return cafe, asked


def find_cafe_or_refuse(slug: str) -> tuple:
    """A café by its slug; raises NotFound."""
    return _or_refuse(cafes.find_cafe(slug))


def cafe_of(slug: str, participant_id: int) -> tuple:
    """The café, for a participant; one to which they are not invited does not exist for them."""
    return _or_refuse(cafes.find_cafe_of(slug, participant_id))


def _or_refuse(cafe: tuple | None) -> tuple:
    if cafe is None:
        raise NotFound("Ce café n’existe pas.")
    return cafe


def watch_day(slug: str, day: int, n: int, view: View, now: datetime) -> DayPage:
    """A day as those who only watch see it: what everyone who answered may read."""
    return build_day(slug, day, n, 0, view, now, watching=True)


def build_day(
    slug: str, day: int, n: int, participant_id: int, view: View, now: datetime, watching: bool = False
) -> DayPage:
    """All that the page of a day shows; `n` = 0 picks the first question still without an answer."""
    cafe = find_cafe_or_refuse(slug) if watching else cafe_of(slug, participant_id)
    if not 1 <= day <= cafe.days:
        raise NotFound(NO_SUCH_DAY)
    questions = queries.asked_questions(cafe.id, participant_id)
    if watching:
        questions = [asked._replace(answered=True) for asked in questions]
    siblings = [asked for asked in questions if asked.day == day]
    asked, reopened = _pick(siblings, n), reopened_days(cafe, now)
    page = DayPage(
        cafe, asked, day, current_day(cafe, now), opens_at(cafe, day), has_opened(cafe, day, now),
        takes_answers(cafe, day, now, reopened), _tiles(cafe, questions, day, now, reopened), siblings, view, [],
        is_over=is_over(cafe, now),
    )  # fmt: skip
    if asked and page.is_open:
        _fill(page, participant_id, now)
    return page


def _pick(siblings: list[Asked], n: int) -> Asked | None:
    if n:
        found = next((asked for asked in siblings if asked.n == n), None)
        if found is None:
            raise NotFound(NO_SUCH_DAY)
        return found
    return next((asked for asked in siblings if not asked.answered), siblings[0] if siblings else None)


def _fill(page: DayPage, participant_id: int, now: datetime) -> None:
    page.posts, page.more = queries.posts(page.asked, participant_id, after=page.view.after, before=page.view.before)
    page.newest = page.posts[-1].id if page.posts else page.view.after or 0
    if page.view.after is not None:
        return
    around = queries.surroundings(page.cafe.id, page.asked, participant_id, now)
    page.draft, page.follow_up_id, page.follow_up = around.draft or "", around.follow_up_id, around.follow_up or ""
    if page.cafe.archived_at is None:
        page.votes = around.open_statements, around.unvoted_statements
    has_spoken = any(asked.answered for asked in page.siblings)
    if around.synthesis_id and (has_spoken or not page.takes_answers):
        page.synthesis = find_synthesis(page.cafe.id, page.day)
    if page.view.reply_to and page.sees_others:
        target = queries.find_post(page.view.reply_to, page.asked, participant_id)
        page.reply_to = target if target and target.status == "published" and not target.private else None


def _tiles(cafe, questions: list[Asked], here: int, now: datetime, reopened: set[int]) -> tuple[Tile, ...]:
    waiting = {asked.day for asked in questions if not asked.answered}
    asked_days = {asked.day for asked in questions}
    return tuple(
        Tile(day, _state(cafe, day, day in asked_days and day not in waiting, now, reopened), day == here)
        for day in range(1, cafe.days + 1)
    )


def _state(cafe, day: int, done: bool, now: datetime, reopened: set[int]) -> str:
    if not has_opened(cafe, day, now):
        return "later"
    if done:
        return "done"
    return "todo" if takes_answers(cafe, day, now, reopened) else "missed"

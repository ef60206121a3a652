"""Who may do what: predicates on an actor, pure, each rule in one place."""

MODERATORS = ("moderator", "organiser")
ANALYSTS = ("analyst", "organiser")
INTERVIEWERS = ("interviewer", "organiser")
WATCHERS = ("moderator", "organiser", "observer")
READERS = ("analyst", "organiser", "committee")
FOLLOWERS = ("interviewer", "organiser")


def is_citizen(actor) -> bool:
    return actor is not None and actor.participant_id is not None


def is_staff(actor) -> bool:
    return actor is not None and actor.staff_id is not None


def may_take_part(actor) -> bool:
    return is_citizen(actor) and actor.consented


def may_moderate(actor) -> bool:
    return is_staff(actor) and actor.role in MODERATORS


def may_analyse(actor) -> bool:
    return is_staff(actor) and actor.role in ANALYSTS


def may_read_results(actor) -> bool:
    """The pages of results; whole tables are another matter."""
    return is_staff(actor) and actor.role in READERS


def may_see_results(actor) -> bool:
    """The pages of results that are open to them: what is opened to citizens is another matter than their right."""
    return may_read_results(actor) or is_citizen(actor)


def may_advise(actor) -> bool:
    """Leave one's light on a phase: the expert committee alone."""
    return is_staff(actor) and actor.role == "committee"


def may_export(actor) -> bool:
    """Whole tables leave only with a second factor, given in this session."""
    return may_analyse(actor) and actor.second_factor


def may_interview(actor) -> bool:
    return is_staff(actor) and actor.role in INTERVIEWERS


def may_open_interview(actor, staff_id: int | None) -> bool:
    """An interviewer opens their own interviews, the organiser all of them."""
    return may_interview(actor) and (actor.role == "organiser" or actor.staff_id == staff_id)


def may_organise(actor) -> bool:
    return is_staff(actor) and actor.role == "organiser"


def may_contact(actor) -> bool:
    """Real names and contacts: the organiser alone, with a second factor."""
    return may_organise(actor) and actor.second_factor


def may_map(actor) -> bool:
    """Add stakeholders, and read those that one may follow."""
    return is_staff(actor) and actor.role in FOLLOWERS


def may_facilitate(actor) -> bool:
    """Hold a workshop: its room, its screen, its hands and its notes."""
    return may_map(actor)


def may_follow(actor, follower_id: int | None) -> bool:
    """Interviewers have the stakeholders that they follow, by what they are and never by name; the organiser, all."""
    return may_organise(actor) or (may_map(actor) and follower_id == actor.staff_id)


def may_watch(actor) -> bool:
    """Read the conversation without taking part in it."""
    return is_staff(actor) and actor.role in WATCHERS


def may_care(actor) -> bool:
    """Signs of distress and danger are for few eyes."""
    return may_moderate(actor) and (actor.role == "organiser" or actor.cares)


def may_measure(actor) -> bool:
    """Read how well the référentiel's rules do."""
    return may_moderate(actor) or may_analyse(actor)


def may_judge(actor, author_id: int) -> bool:
    """Nobody moderates their own words."""
    return may_moderate(actor) and author_id != actor.own_participant_id


def may_change(actor, contribution) -> bool:
    """Only its author corrects or withdraws a contribution, and not once it was withdrawn or hidden.

    One that waits, or that came back with an explanation, is still theirs to change.
    """
    is_own = is_citizen(actor) and contribution.participant_id == actor.participant_id
    return is_own and contribution.status in ("published", "waiting", "returned")

"""Who may do what: predicates on an actor, pure, each rule in one place."""

MODERATORS = ("moderator", "organiser")
ANALYSTS = ("analyst", "organiser")


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


def may_change(actor, contribution) -> bool:
    """Only its author corrects or withdraws a contribution, and not once it was withdrawn or hidden."""
    is_own = is_citizen(actor) and contribution.participant_id == actor.participant_id
    return is_own and contribution.status == "published"

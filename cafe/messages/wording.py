"""What messages say: short French, the host's words and the day's question, nobody's name and nobody's verbatim.

The link to answer and the link to stop are put when a message leaves: see `smtp`.
"""

import re
from dataclasses import dataclass
from typing import NamedTuple

KIND_NAMES = {
    "opening": "Ouverture du jour", "reminder": "Rappel", "nudge": "Relance de l’équipe", "closing": "Fin du café",
    "digest": "Résumé pour l’équipe", "quoted": "Parole qui sera citée", "decided": "Suite d’une piste",
}  # fmt: skip
STATE_NAMES = {
    "due": "En attente", "sending": "En cours d’envoi", "sent": "Parti", "failed": "Échec", "dropped": "Écarté",
}  # fmt: skip
# What may have left already is never sent again.
PERHAPS = "Peut-être envoyé : le service s’est arrêté pendant l’envoi. Pas de second envoi."
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


class Said(NamedTuple):
    subject: str
    body: str


@dataclass(frozen=True)
class Waiting:
    """What waits for moderators in a café; `care` is told only to those who may read it."""

    posts: int
    reported: int
    flagged: int
    care: int

    def is_something_for(self, may_care: bool) -> bool:
        return bool(self.posts or self.reported or self.flagged or (may_care and self.care))


def one_line(text: str) -> str:
    """Fit for a header: no line break, no control character."""
    return " ".join(CONTROL.sub(" ", text).split())


def to_dial(phone: str) -> str:
    """The number as a telephone link wants it."""
    return re.sub(r"[^0-9+]", "", phone)


def opening(title: str, day: int, questions) -> Said:
    hosts = "\n\n".join(question.host for question in questions if question.host)
    body = f"Bonjour,\n\n{hosts}\n\n" if hosts else "Bonjour,\n\n"
    return Said(one_line(f"{title} : le jour {day} est ouvert"), f"{body}{_asked(day, questions)}")


def reminder(title: str, day: int, questions) -> Said:
    body = f"Bonjour,\n\nVous n’avez pas encore répondu. Quelques mots suffisent.\n\n{_asked(day, questions)}"
    return Said(one_line(f"{title} : la question du jour {day} vous attend"), body)


def nudge(title: str, day: int, questions) -> Said:
    body = f"Bonjour,\n\nL’équipe du café pense à vous. Votre avis compte.\n\n{_asked(day, questions)}"
    return Said(one_line(f"{title} : un mot de l’équipe"), body)


def closing(title: str, _day: int, _questions) -> Said:
    body = (
        "Bonjour,\n\nLe café est terminé. Merci à toutes les personnes qui y ont pris part.\n\n"
        "Vous pouvez encore relire, garder ou retirer ce que vous avez écrit."
    )
    return Said(one_line(f"{title} : merci"), body)


def digest(title: str, waiting: Waiting, may_care: bool) -> Said:
    lines = [
        f"Messages en attente d’une décision : {waiting.posts}",
        f"Messages signalés par les participants : {waiting.reported}",
        f"Messages à vérifier : {waiting.flagged}",
    ]
    if may_care:
        lines.append(f"Personnes dont prendre soin : {waiting.care}")
    return Said(one_line(f"{title} : ce qui vous attend"), "Bonjour,\n\n" + "\n".join(lines))


def _asked(day: int, questions) -> str:
    head = f"La question du jour {day} :" if len(questions) == 1 else f"Les questions du jour {day} :"
    return "\n".join([head, *(question.text for question in questions)])

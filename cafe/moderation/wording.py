"""The words of moderation: what flags, reports, reasons and decisions are called, and what is proposed from them."""

from collections.abc import Iterable

FLAGS = {
    "phone": "téléphone",
    "email": "e-mail",
    "address": "adresse",
    "name": "nom",
    "insult": "insulte",
    "distress": "détresse",
    "danger": "danger",
    "third_party": "vie privée d’un tiers",
}
REPORTS = {
    "hurtful": "Ces mots blessent",
    "private": "Ces mots disent qui est quelqu’un",
    "off_topic": "Ce n’est pas le sujet",
    "other": "Autre chose me gêne",
}
REASONS = {
    "contacts": "coordonnées personnelles",
    "hurtful": "propos blessants",
    "off_topic": "hors sujet",
    "person": "vise une personne",
    "other": "autre",
}
EXPLANATIONS = {
    "contacts": "Votre message contient des coordonnées. Enlevez-les, puis envoyez-le à nouveau.",
    "hurtful": "Des mots de votre message peuvent blesser. Dites-le autrement, puis envoyez-le à nouveau.",
    "off_topic": "Votre message ne répond pas à la question. Reprenez-le, puis envoyez-le à nouveau.",
    "person": "Votre message parle d’une personne précise. Dites-le sans la nommer, puis envoyez-le à nouveau.",
    "": "Votre message n’est pas assez clair pour nous. Dites-le autrement, puis envoyez-le à nouveau.",
}
REASON_OF = {
    "insult": "hurtful",
    "phone": "contacts",
    "email": "contacts",
    "address": "contacts",
    "name": "person",
    "hurtful": "hurtful",
    "private": "person",
    "off_topic": "off_topic",
}
ACTIONS = {
    "publish": "Publié",
    "hide": "Masqué",
    "restore": "Republié",
    "return": "Renvoyé à son auteur",
    "mask": "Passage masqué",
    "pass_on": "Transmis",
    "undo": "Décision annulée",
    "read": "Lu",
    "tag_confirmed": "Tag confirmé",
    "tag_removed": "Tag retiré",
    "tag_added": "Tag ajouté",
    "split": "Coupé en idées",
    "retained": "Retenu",
    "released": "N’est plus retenu",
    "stance": "Position notée",
    "stance_undo": "Position reprise",
    "statement": "Affirmation tirée de ce message",
    "statement_left": "N’est plus à l’origine de l’affirmation",
    "care_taken": "Pris en charge",
    "care_closed": "Prise en charge terminée",
}
# What a selection is told, once and many times.
DONE = {
    "publish": ("message publié", "messages publiés"),
    "hide": ("message masqué", "messages masqués"),
    "read": ("message noté comme lu", "messages notés comme lus"),
    "undo": ("décision annulée", "décisions annulées"),
}


def proposed_reason(kinds: Iterable[str]) -> str:
    """The standard reason that follows from the first flag or report that calls for one; empty when none does."""
    return next((REASON_OF[kind] for kind in kinds if kind in REASON_OF), "")


def counted(action: str, number: int, skipped: int) -> str:
    """« 12 messages publiés. 1 laissé de côté : … »."""
    one, many = DONE[action]
    said = f"{number} {many if number > 1 else one}."
    if skipped:
        left = "laissés" if skipped > 1 else "laissé"
        said += f" {skipped} {left} de côté : retiré, changé, déjà décidé, ou de vos propres mots."
    return said


def done(gesture) -> str:
    """What was done, said to whoever did it."""
    whom = gesture.detail or "l’équipe de soin"
    sentences = {
        "publish": "Message publié.",
        "hide": f"Message masqué : {gesture.detail}.",
        "return": "Message renvoyé à son auteur, avec votre explication.",
        "mask": "Passage masqué, message publié.",
        "pass_on": f"Message transmis à {whom}.",
    }
    return sentences.get(gesture.action, "C’est noté.")

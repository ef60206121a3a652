"""What may be answered to a step, in which order its options are shown, and the rows that an answer makes."""

import random

from cafe.corpus.words import checked_text, clean_text
from cafe.errors import Refusal
from cafe.guide.checks import OTHER
from cafe.guide.definition import CHOOSING, RATED
from cafe.guide.steps import PASSED, STATES, Given, Step

LONGEST_OTHER = 200
OUT_OF_DATE = "Cette réponse ne va pas avec cette question. Rechargez la page, puis répondez à nouveau."
# How a vote says that it says nothing: Régnier's white and black.
SILENT_VOTES = {"nsp": "blanc", "refus": "noir"}


def check(step: Step, sent: Given) -> Given:
    """The answer as it is kept; raises Refusal when it cannot be one to this step."""
    kind = step.question.kind
    if sent.kind != kind or sent.state not in STATES:
        raise Refusal(OUT_OF_DATE)
    if sent.state or kind == "info":
        return Given(kind, state=sent.state)
    if kind == "open":
        return Given(kind, text=checked_text(sent.text))
    return _checked_choice(step, sent)


def _checked_choice(step: Step, sent: Given) -> Given:
    kind, others = step.question.kind, _checked_others(step, sent)
    pairs = _with_typed(step, sent.options, others)
    offered = {option.code for option in step.options} | ({step.other_code} if others else set())
    if any(code == step.other_code and code not in offered for code, _ in pairs):
        raise Refusal("Écrivez votre autre réponse en quelques mots.")
    if any(code not in offered for code, _ in pairs):
        raise Refusal("Cette réponse n’est pas dans la liste. Choisissez-en une autre.")
    codes = [code for code, _ in pairs]
    if len(set(codes)) < len(codes):
        raise Refusal("La même réponse est là deux fois. Gardez-en une.")
    _check_number(step, len(codes))
    values = {"rank": _ranked, "rate": _rated}.get(kind, _chosen)(pairs)
    kept = step.other_code in codes
    return Given(kind, values, others=(others or _already_typed(step)) if kept else ())


def _checked_others(step: Step, sent: Given) -> tuple[str, ...]:
    others = tuple(filter(None, map(clean_text, sent.others)))
    if others and not step.question.other:
        raise Refusal(OUT_OF_DATE)
    if len(others) > 1:
        raise Refusal("Une seule réponse peut être ajoutée. Réunissez-les en une phrase.")
    if others and len(others[0]) > LONGEST_OTHER:
        raise Refusal(f"Votre autre réponse est trop longue. Restez sous {LONGEST_OTHER} signes.")
    return others


def _already_typed(step: Step) -> tuple[str, ...]:
    return tuple(option.label for option in step.options if option.code == step.other_code)


def _with_typed(step: Step, pairs: tuple, others: tuple[str, ...]) -> tuple:
    """Words just typed join the answer at its end; those typed before only where the person put them, or alone."""
    is_old = others == _already_typed(step) and pairs
    if not others or is_old or any(code == step.other_code for code, _ in pairs):
        return pairs
    highest = max((int(value) for _, value in pairs if value.isascii() and value.isdigit()), default=0)
    return (*pairs, (step.other_code, str(highest + 1)))


def _check_number(step: Step, count: int) -> None:
    question = step.question
    if not count:
        raise Refusal("Choisissez une réponse, ou touchez « Je ne sais pas ».")
    if question.kind in ("choice", "statement") and count > 1:
        raise Refusal("Choisissez une seule réponse.")
    if question.at_most and count > question.at_most:
        raise Refusal(f"Choisissez {question.at_most} réponses au plus.")


def _chosen(pairs: tuple) -> tuple:
    return tuple((code, "1") for code, _ in pairs)


def _rated(pairs: tuple) -> tuple:
    if any(value not in map(str, range(1, RATED + 1)) for _, value in pairs):
        raise Refusal(f"Une note va de 1 à {RATED}. Choisissez-en une.")
    return pairs


def _ranked(pairs: tuple) -> tuple:
    """The ranking without holes, from 1."""
    for _, value in pairs:
        if not (value.isascii() and value.isdigit() and len(value) < 4 and int(value)):
            raise Refusal("Un rang est un nombre à partir de 1. Refaites votre classement.")
    ranks = [int(value) for _, value in pairs]
    if len(set(ranks)) < len(ranks):
        raise Refusal("Deux réponses ont le même rang. Donnez un rang à chacune.")
    ordered = sorted(pairs, key=lambda pair: int(pair[1]))
    return tuple((code, str(rank)) for rank, (code, _) in enumerate(ordered, 1))


def draw_order(step: Step, rng: random.Random) -> tuple[str, ...]:
    """The order in which to show the options: drawn where it carries no sense, « un autre » last."""
    codes = [option.code for option in step.options]
    if step.question.kind not in (*CHOOSING, "rate") or not step.question.shuffle:
        return tuple(codes)
    drawn = [code for code in codes if code.split(".")[0] != OTHER]
    rng.shuffle(drawn)
    return (*drawn, *(code for code in codes if code.split(".")[0] == OTHER))


def rows(step: Step, given: Given) -> list[tuple[str, str, str, str]]:
    """The rows of the table `answer`: (question, kind, option, value). Texts are contributions, not rows."""
    kind, code = step.question.kind, step.answer_code
    if kind == "info" or given.state == PASSED or step.is_follow_up:
        return []
    if kind == "statement":
        value = SILENT_VOTES.get(given.state) or given.retained()[0]
        return [(code, "regnier", "", value)]
    if given.state:
        # The table knows no open kind: not knowing is then an answer to choose.
        return [(code, "choice" if kind == "open" else kind, given.state, "1")]
    return [(code, kind, option, value) for option, value in given.options]

"""How a Régnier vote is said: its two scales and its two silences, each level with the sign that spares the colours."""

from dataclasses import dataclass

from analysis.frames import BLACK, BLANK


@dataclass(frozen=True)
class Level:
    """A level of a scale. `plain`: said more simply to whoever answers alone, empty when the label is simple enough."""

    code: str
    sign: str
    label: str
    plain: str = ""


SCALES = {
    "colours": (
        Level("5", "++", "Tout à fait d’accord"),
        Level("4", "+", "D’accord"),
        Level("3", "±", "Partagé", "Entre les deux"),
        Level("2", "−", "Pas d’accord"),
        Level("1", "−−", "Pas du tout d’accord"),
    ),
    "words": (
        Level("incontournable", "++", "Incontournable", "Il le faut"),
        Level("souhaitable", "+", "Souhaitable", "Ce serait bien"),
        Level("dilemme", "±", "Dilemme", "J’hésite"),
        Level("contre", "−", "Contre", "Je suis contre"),
    ),
}
SILENCES = (
    Level(BLANK, "?", "Ne sait pas", "Je ne sais pas"),
    Level(BLACK, "·", "Ne se prononce pas", "Je ne me prononce pas"),
)
# A vote is read without colours too.
SIGNS = {level.code: level.sign for levels in SCALES.values() for level in levels}
LEVELS = {level.code: level for levels in (*SCALES.values(), SILENCES) for level in levels}


def is_vote(scale: str, value: str) -> bool:
    """Whether this may be voted on a statement of this scale."""
    return value in {level.code for level in (*SCALES[scale], *SILENCES)}

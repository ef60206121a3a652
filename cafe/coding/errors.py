"""The tagger's errors on the install's gold, text by text: what the results correct « cited » with, beside."""

from collections import defaultdict

from sqlalchemy import func, select

from cafe.coding.measuring import gold_rows
from cafe.coding.models import GoldLabel
from cafe.extensions import run
from cafe.referential.services import current_tagger
from cafe.results.errors import Measured, OptionErrors, TaggerErrors

# Under so many gold texts on either side, a rate says nothing.
FEWEST = 5


def gold_mark() -> str:
    """Changes when the gold does."""
    return str(run(select(func.count(), func.max(GoldLabel.settled_at)).select_from(GoldLabel)).one())


def measure_errors() -> Measured:
    """Each option's errors, and each heading's for the tags under it; only where enough texts carry it and do not."""
    referential, by_family = current_tagger().referential, defaultdict(list)
    for family, found, settled, _text, _group in gold_rows():
        by_family[family].append((found, settled))
    made = {}
    for family in referential.families:
        under = defaultdict(set)
        for tag in family.tags:
            under[tag.code].add(tag.code)
            under[tag.parent or tag.code].add(tag.code)
        for option, codes in under.items():
            error = _errors([(bool(found & codes), bool(settled & codes)) for found, settled in by_family[family.code]])
            made |= {(family.code, option): error} if error else {}
    return made


def _errors(texts: list[tuple[bool, bool]]) -> OptionErrors | None:
    """Of the texts that carry it, the share found; of the others, the share spared. `texts`: (found, carries)."""
    carrying = [found for found, carries in texts if carries]
    others = [not found for found, carries in texts if not carries]
    if min(len(carrying), len(others)) < FEWEST:
        return None
    return OptionErrors(sum(carrying) / len(carrying), sum(others) / len(others), len(carrying), len(texts))


TAGGER_ERRORS = TaggerErrors(gold_mark, measure_errors)

"""What the tagger is told beside a text: its question's context, and the label of what the text is about."""

from functools import lru_cache


def told(tagger, context: str, about: str) -> str:
    """The context of one text; a question asked about several options has one a text, not one for all."""
    label = _labels(tagger).get(about) if about else None
    return f"{context} {label}" if label else context


@lru_cache(maxsize=4)
def _labels(tagger) -> dict[str, str]:
    """Each code's label; of a code that two families have, the first one's."""
    tags = [tag for family in tagger.referential.families for tag in family.tags]
    return {tag.code: tag.label for tag in reversed(tags)}

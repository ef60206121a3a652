"""The French of what the figures are about."""

from cafe.people.queries import all_groups
from cafe.referential.services import current_tagger
from cafe.results.page import Labels

UNSAID, OTHER = "non_precise", "autre"


def labels() -> Labels:
    """The French of what the figures are about."""
    families = current_tagger().referential.families
    options = {(family.code, tag.code): tag.label for family in families for tag in family.tags}
    for family in families:
        for tag in family.tags:
            if not tag.parent:
                options[family.code, f"{tag.code}.{UNSAID}"] = f"{tag.label} — sans champ précisé"
                options[family.code, f"{OTHER}.{tag.code}"] = f"{tag.label} — un autre frein"
        options[family.code, OTHER] = "Une autre réponse"
    targets = {code: label for (family, code), label in options.items() if family == "populations"}
    return Labels(options, targets, {group.code: group.label for group in all_groups()})

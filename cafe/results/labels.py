"""The French of what the figures are about."""

from dataclasses import dataclass

from cafe.people.queries import all_groups
from cafe.referential.services import current_tagger

UNSAID, OTHER = "non_precise", "autre"
SOURCES = {"cafe": "café", "questionnaire": "questionnaire", "interview": "entretiens", "workshop": "ateliers"}


@dataclass(frozen=True)
class Labels:
    """The French of options, targets and groups; `in_total`: whether the total counts each group."""

    options: dict[tuple[str, str], str]
    targets: dict[str, str]
    groups: dict[str, str]
    in_total: dict[str, bool]
    families: dict[str, str]


def labels() -> Labels:
    """Those of the référentiel in force and of the dialogue's groups."""
    families = current_tagger().referential.families
    options = {(family.code, tag.code): tag.label for family in families for tag in family.tags}
    for family in families:
        for tag in family.tags:
            if not tag.parent:
                options[family.code, f"{tag.code}.{UNSAID}"] = f"{tag.label} — sans champ précisé"
                options[family.code, f"{OTHER}.{tag.code}"] = f"{tag.label} — un autre frein"
        options[family.code, OTHER] = "Une autre réponse"
    targets = {code: label for (family, code), label in options.items() if family == "populations"}
    groups = all_groups()
    return Labels(
        options, targets, {group.code: group.label for group in groups},
        {group.code: group.in_total for group in groups}, {family.code: family.label for family in families},
    )  # fmt: skip

"""A référentiel's text changed in one place, its comments and order kept; each result is read again."""

from collections.abc import Iterable
from functools import lru_cache
from io import StringIO

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from analysis.errors import BadInput
from analysis.referential import CODE, CONDITIONS, parse_referential

TEXTS = ("label", "definition", "follow_up")


def describe_tag(text: str, family: str, code: str, texts: dict[str, str], examples: Iterable[str] = ()) -> str:
    """The référentiel with a tag's label, definition, follow-up and examples replaced; an empty one is taken out.

    `texts` may hold the tag's threshold too; without one, the tag keeps its own.
    """
    root = _read(text)
    tag = _tag(root, family, code)
    for name in TEXTS:
        _put(tag, name, texts.get(name, "").strip())
    if "threshold" in texts:
        _put(tag, "threshold", _scalar(texts["threshold"]))
    _put(tag, "examples", CommentedSeq(examples))
    return _written(root)


def add_tag(text: str, family: str, code: str, label: str, parent: str = "") -> str:
    """The référentiel with one more tag, which no rule lays yet; a code that served once serves no more."""
    root = _read(text)
    if not CODE.match(code):
        raise BadInput(f"« {code} » n’est pas un code : des minuscules, des chiffres et « _ » seulement.")
    if code in _codes(root, family):
        raise BadInput(f"Le code « {code} » a déjà servi dans cette famille : prenez-en un autre.")
    tags = _tags_under(root, family, parent)
    tags[code] = CommentedMap(label=label.strip())
    return _written(root)


def add_rule(
    text: str, family: str, code: str, pattern: str, conditions: dict[str, list[str]] | None = None, weight: str = ""
) -> str:
    """The référentiel with one more rule on a tag; `conditions`: patterns by name (unless, nowhere, also)."""
    root = _read(text)
    kept = {name: patterns for name, patterns in (conditions or {}).items() if name in CONDITIONS and patterns}
    kept |= {"weight": _scalar(weight)} if weight.strip() else {}
    _rules(_tag(root, family, code)).append(CommentedMap({"if": pattern} | kept) if kept else pattern)
    return _written(root)


def limit_rule(text: str, family: str, code: str, place: int, unless: str) -> str:
    """The référentiel with a rule that no longer speaks beside this pattern; `place` counts from 1."""
    root = _read(text)
    rules = _rules(_tag(root, family, code))
    _check_place(rules, place)
    rule = rules[place - 1]
    if not isinstance(rule, CommentedMap):
        rules[place - 1] = rule = CommentedMap({"if": rule})
    known = rule.get("unless", [])
    rule["unless"] = [*(known if isinstance(known, list) else [known]), unless]
    return _written(root)


def drop_rule(text: str, family: str, code: str, place: int) -> str:
    """The référentiel without one rule of a tag; `place` counts from 1, as in the rule's own code."""
    root = _read(text)
    tag = _tag(root, family, code)
    rules = _rules(tag)
    _check_place(rules, place)
    del rules[place - 1]
    if not rules:
        del tag["rules"]
    return _written(root)


def hush_words(text: str, family: str, code: str, hushed: bool) -> str:
    """The référentiel where learnt words no longer lay a tag, or lay it again."""
    root = _read(text)
    _put(_tag(root, family, code), "rules_only", "oui" if hushed else "")
    return _written(root)


def split_tag(text: str, family: str, code: str, places: Iterable[int], new: str, label: str, parent: str) -> str:
    """The référentiel with some of a tag's rules moved to a new tag."""
    root = _read(add_tag(text, family, new, label, parent))
    old, made = _tag(root, family, code), _tag(root, family, new)
    rules, wanted = _rules(old), set(places)
    if not wanted:
        raise BadInput("Choisissez au moins une règle pour le nouveau tag.")
    for place in wanted:
        _check_place(rules, place)
    _put(made, "threshold", old.get("threshold"))
    moved = [rule for place, rule in enumerate(rules, 1) if place in wanted]
    old["rules"] = CommentedSeq(rule for place, rule in enumerate(rules, 1) if place not in wanted)
    if not old["rules"]:
        del old["rules"]
    made["rules"] = CommentedSeq(moved)
    return _written(root)


def merge_tags(text: str, family: str, kept: str, gone: str) -> str:
    """The référentiel where one tag took over another: its rules, and what people decided under its code."""
    root = _read(text)
    if kept == gone:
        raise BadInput("Choisissez deux tags différents.")
    tag, other = _tag(root, family, kept), _tag(root, family, gone)
    if other.get("tags"):
        raise BadInput("Ce tag en contient d’autres : il ne peut pas être fondu dans un autre.")
    _put(tag, "threshold", tag.get("threshold") or other.get("threshold"))
    if other.get("rules"):
        _rules(tag).extend(other["rules"])
    holder = _holder(root["families"][family]["tags"], gone)
    del holder[gone]
    merged = root["families"][family].setdefault("merged", CommentedMap())
    merged[gone] = kept
    for code, target in merged.items():
        merged[code] = kept if target == gone else target
    return _written(root)


def written_rules(text: str, family: str, code: str) -> list[dict[str, list[str]]]:
    """A tag's rules as they are written, in order: the pattern under « if », and those of each condition."""
    holder = _holder(_loaded(text)["families"][family]["tags"], code)
    rules = holder[code].get("rules", []) if holder and isinstance(holder[code], dict) else []
    return [_fields(rule) for rule in _listed(rules)]


def _fields(rule) -> dict[str, list[str]]:
    fields = rule if isinstance(rule, dict) else {"if": rule}
    return {name: [str(item) for item in _listed(value)] for name, value in fields.items()}


def _scalar(written: str) -> int | str:
    """A number as YAML writes it; anything else as it is, for the reading to refuse it."""
    written = written.strip()
    return int(written) if written.isdecimal() and len(written) < 7 else written


def _listed(value) -> list:
    return value if isinstance(value, list) else [value]


@lru_cache(maxsize=4)
def _loaded(text: str) -> dict:
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def _read(text: str) -> CommentedMap:
    parse_referential(text)
    return _yaml().load(text)


def _written(root: CommentedMap) -> str:
    """The text again, refused with its line when it no longer reads."""
    out = StringIO()
    _yaml().dump(root, out)
    parse_referential(out.getvalue())
    return out.getvalue()


def _yaml() -> YAML:
    writer = YAML()
    writer.preserve_quotes, writer.width = True, 4096
    writer.indent(mapping=2, sequence=4, offset=2)
    return writer


def _tag(root: CommentedMap, family: str, code: str) -> CommentedMap:
    """The tag's fields; one that was written as its label alone gets them."""
    holder = _holder(_family(root, family)["tags"], code)
    if holder is None:
        raise BadInput(f"Le tag « {code} » n’est pas dans cette famille.")
    if not isinstance(holder[code], CommentedMap):
        holder[code] = CommentedMap(label=holder[code])
    return holder[code]


def _family(root: CommentedMap, family: str) -> CommentedMap:
    if family not in root["families"]:
        raise BadInput(f"La famille « {family} » n’est pas dans ce référentiel.")
    return root["families"][family]


def _holder(tags, code: str) -> dict | None:
    """The mapping in which a tag's code stands."""
    if not isinstance(tags, dict):
        return None
    if code in tags:
        return tags
    inner = (_holder(tag.get("tags"), code) for tag in tags.values() if isinstance(tag, dict))
    return next((found for found in inner if found is not None), None)


def _tags_under(root: CommentedMap, family: str, parent: str) -> CommentedMap:
    """The mapping that a new tag of this family, or of this parent, goes into."""
    place = _tag(root, family, parent) if parent else _family(root, family)
    if not isinstance(place.get("tags"), CommentedMap):
        place["tags"] = CommentedMap()
    return place["tags"]


def _codes(root: CommentedMap, family: str) -> set[str]:
    place = _family(root, family)
    return set(_all_codes(place["tags"])) | set(place.get("merged", ()))


def _all_codes(tags) -> Iterable[str]:
    for code, tag in tags.items() if isinstance(tags, CommentedMap) else ():
        yield code
        yield from _all_codes(tag.get("tags")) if isinstance(tag, CommentedMap) else ()


def _rules(tag: CommentedMap) -> CommentedSeq:
    if not isinstance(tag.get("rules"), CommentedSeq):
        tag["rules"] = CommentedSeq([tag["rules"]] if tag.get("rules") else [])
    return tag["rules"]


def _check_place(rules: CommentedSeq, place: int) -> None:
    if not 1 <= place <= len(rules):
        raise BadInput("Cette règle n’est plus là. Rechargez la page.")


def _put(tag: CommentedMap, name: str, value) -> None:
    if value:
        tag[name] = value
    else:
        tag.pop(name, None)

"""Read YAML while remembering lines, so that every fault can be named where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml

from analysis.errors import BadInput

MAX_CHARACTERS = 1_000_000
DEEPEST = 100
# The C parser is five times as fast; PyYAML has it wherever it was built with libyaml.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
YES_NO = {"oui": True, "non": False}


def fault(line: int, sentence: str) -> BadInput:
    """The refusal of one line, as one French sentence."""
    return BadInput(f"Ligne {line} : {sentence}")


def read_text(path: Path) -> str:
    """The UTF-8 text of a file, or a refusal."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(f"Le fichier « {path.name} » n'est pas en UTF-8.") from error
    except OSError as error:
        raise BadInput(f"Le fichier « {path} » ne peut pas être lu.") from error


def compose(text: str) -> Node:
    """The root of a YAML text."""
    if len(text) > MAX_CHARACTERS:
        raise BadInput("Ce texte est trop long : un million de caractères au plus.")
    try:
        _refuse_bombs(text)
        root = yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise fault(mark.line + 1 if mark else 1, "l'écriture YAML est fautive à cet endroit.") from error
    except (yaml.YAMLError, RecursionError) as error:
        raise fault(1, "ce texte n'est pas du YAML lisible.") from error
    if root is None:
        raise fault(1, "ce texte est vide.")
    return Node(root)


def _refuse_bombs(text: str) -> None:
    # A few nested aliases unfold into gigabytes; thousands of brackets take a minute.
    depth = 0
    for event in yaml.parse(text, Loader=LOADER):
        if isinstance(event, yaml.AliasEvent):
            raise fault(event.start_mark.line + 1, "les renvois YAML (*nom) ne sont pas admis.")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise fault(event.start_mark.line + 1, "trop de niveaux sont emboîtés.")


class Node:
    """One YAML value with its line."""

    def __init__(self, node: yaml.Node) -> None:
        self._node = node
        self.line = node.start_mark.line + 1

    def fields(self, required: tuple[str, ...] = (), optional: tuple[str, ...] = ()) -> dict[str, Node]:
        """The values of a mapping by key; unknown, missing and double keys are refused."""
        found: dict[str, Node] = {}
        for key, key_line, value in self.pairs():
            if key not in required and key not in optional:
                raise fault(key_line, f"le champ « {key} » n'est pas connu.")
            found[key] = value
        for key in required:
            if key not in found:
                raise fault(self.line, f"il manque le champ « {key} ».")
        return found

    def pairs(self) -> Iterator[tuple[str, int, Node]]:
        """Key, line and value of each entry of a mapping."""
        if not isinstance(self._node, yaml.MappingNode):
            raise fault(self.line, "il faut ici des champs « nom: valeur ».")
        seen = set()
        for key_node, value in self._node.value:
            key = Node(key_node)
            if key.text() in seen:
                raise fault(key.line, f"« {key.text()} » est écrit deux fois.")
            seen.add(key.text())
            yield key.text(), key.line, Node(value)

    def items(self) -> list[Node]:
        """The values of a list; one bare value counts as a list of one."""
        if isinstance(self._node, yaml.ScalarNode):
            return [self] if self._node.value else []
        if not isinstance(self._node, yaml.SequenceNode):
            raise fault(self.line, "il faut ici une liste.")
        return [Node(item) for item in self._node.value]

    def is_mapping(self) -> bool:
        """Whether this value has fields."""
        return isinstance(self._node, yaml.MappingNode)

    def is_list(self) -> bool:
        """Whether this value is written as a list."""
        return isinstance(self._node, yaml.SequenceNode)

    def text(self) -> str:
        """A scalar as it is written."""
        if not isinstance(self._node, yaml.ScalarNode):
            raise fault(self.line, "il faut ici un texte simple.")
        return self._node.value.strip()

    def filled(self) -> str:
        """A scalar that says something."""
        if not self.text():
            raise fault(self.line, "il faut ici un texte.")
        return self.text()

    def number(self, at_least: int = 1) -> int:
        """A whole number."""
        text = self.text()
        if not (text.isascii() and text.isdigit() and len(text) < 7 and int(text) >= at_least):
            raise fault(self.line, f"« {text} » n'est pas un nombre entier d'au moins {at_least}.")
        return int(text)

    def yes(self) -> bool:
        """« oui » or « non »."""
        if self.text() not in YES_NO:
            raise fault(self.line, f"« {self.text()} » : il faut écrire oui ou non.")
        return YES_NO[self.text()]

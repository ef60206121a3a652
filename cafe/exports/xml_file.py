"""XML written as it comes, in flat memory; what XML cannot hold becomes « � », so that spans stay true."""

import re
from collections.abc import Mapping
from contextlib import contextmanager
from typing import TextIO
from xml.sax.saxutils import XMLGenerator

UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def fit(text: str) -> str:
    return UNFIT.sub("\ufffd", text)


class XmlFile:
    """Elements opened, closed and filled one after the other; an attribute without a value is left out."""

    def __init__(self, file: TextIO, declared: bool = True):
        self._out = XMLGenerator(file, "utf-8", short_empty_elements=True)
        if declared:
            self._out.startDocument()

    @contextmanager
    def element(self, name: str, attributes: Mapping[str, str] | None = None):
        kept = {key: fit(value) for key, value in (attributes or {}).items() if value}
        self._out.startElement(name, kept)
        yield
        self._out.endElement(name)
        self._out.ignorableWhitespace("\n")

    def leaf(self, name: str, text: str = "", attributes: Mapping[str, str] | None = None) -> None:
        with self.element(name, attributes):
            if text:
                self._out.characters(fit(text))

    def raw(self, written: str) -> None:
        """What was already written as XML."""
        self._out.ignorableWhitespace(written)

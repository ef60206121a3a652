from pathlib import Path

from cafe.exports.reading import Corpus
from cafe.exports.refi import ORIGIN, code_tree, write_codes
from cafe.exports.xml_file import XmlFile


def write_qdc(corpus: Corpus, path: Path) -> None:
    """The référentiel alone, as a REFI-QDA codebook: this format carries no text and no coding."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        xml = XmlFile(file)
        with xml.element("CodeBook", {"xmlns": "urn:QDA-XML:codebook:1.0", "origin": ORIGIN}):
            write_codes(xml, code_tree(corpus.referential))

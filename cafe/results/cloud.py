"""The words most said, placed as a cloud: sized by the people who say each, always the same for the same words."""

from dataclasses import dataclass
from random import Random

import matplotlib
import pandas as pd
from PIL import ImageFont
from wordcloud import WordCloud

SEED, MOST = 20180601, 45
# On the smallest phone a unit is a pixel: no word is smaller than 12 of them.
WIDTH, HEIGHT, SMALLEST, LARGEST = 328, 400, 12, 34
# A wide face: the page's own, forced into its lengths, never overlaps.
FACE = f"{matplotlib.get_data_path()}/fonts/ttf/DejaVuSans.ttf"


@dataclass(frozen=True)
class PlacedWord:
    """A word from the left of its baseline, its size and length, in units of a cloud of WIDTH × HEIGHT."""

    word: str
    people: int
    x: float
    y: float
    size: int
    length: float


def place_words(words: pd.DataFrame) -> list[PlacedWord]:
    """The cloud of these words (`lemma`, `people`), the most said first; none makes none.

    Words that find no room are left out: the table beside has them all.
    """
    people = dict(zip(words["lemma"].head(MOST), words["people"].head(MOST), strict=True))
    if not people:
        return []
    cloud = WordCloud(
        width=WIDTH, height=HEIGHT, font_path=FACE, prefer_horizontal=1, min_font_size=SMALLEST, max_font_size=LARGEST,
        relative_scaling=0.5, random_state=Random(SEED), margin=2,
    )  # fmt: skip
    cloud.generate_from_frequencies({word: float(count) for word, count in people.items()})
    return [_placed(word, people[word], size, place) for (word, _), size, place, _, _ in cloud.layout_]


def _placed(word: str, people: int, size: int, place: tuple[int, int]) -> PlacedWord:
    """From the top left corner of the ink, where the library puts a word, to its baseline."""
    left, top, right, _ = ImageFont.truetype(FACE, size).getbbox(word, anchor="ls")
    return PlacedWord(word, int(people), int(place[1]) - left, int(place[0]) - top, int(size), right - left)

"""The words of access cards: plain to read aloud, easy to type, hard to mistake one for another."""

from cafe.people.cards import WORDS_FILE, WORDS_PER_CARD, draw_words, normalise_words, word_list


def _one_letter_less(word: str) -> set[str]:
    return {word[:at] + word[at + 1 :] for at in range(len(word))}


def _one_letter_masked(word: str) -> set[str]:
    return {f"{word[:at]}?{word[at + 1 :]}" for at in range(len(word))}


def test_there_are_enough_words_that_any_phone_can_type():
    words = word_list()
    assert len(words) >= 2048
    assert [word for word in words if not (word.isascii() and word.isalpha() and word.islower())] == []
    assert [word for word in words if not 3 <= len(word) <= 8] == []


def test_the_words_are_sorted_and_told_once_a_line():
    lines = WORDS_FILE.read_text(encoding="utf-8").splitlines()
    assert lines == sorted(set(lines))
    assert tuple(lines) == word_list()


def test_no_word_becomes_another_by_a_letter_more_or_less():
    words = set(word_list())
    assert [word for word in words if _one_letter_less(word) & words] == []


def test_no_word_becomes_another_by_a_letter_changed():
    masks = [mask for word in word_list() for mask in _one_letter_masked(word)]
    assert len(masks) == len(set(masks))


def test_a_card_holds_three_different_words_as_they_are_typed():
    card = draw_words()
    assert len(set(card.split("-"))) == WORDS_PER_CARD
    assert normalise_words(card.upper().replace("-", "  ")) == card

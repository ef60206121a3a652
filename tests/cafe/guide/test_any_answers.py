"""Whatever is answered, in whatever order, the guide ends and the same answers make the same path."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from cafe.guide.engine import check, draw_order, next_step, path, previous_step, rows, stale_keys
from cafe.guide.steps import Given
from tests.cafe.guide.small import shipped_guide, small_guide

WAYS = st.sampled_from(["alone", "interview", "workshop"])
GUIDES = st.sampled_from([small_guide, shipped_guide])
# The shipped guide asks 25 questions, and 3 about each of 4 × 3 champs, with one follow-up.
MOST_STEPS = 80


def any_answer(step, rng):
    """A valid answer to a step, of any form that a person may send."""
    kind = step.question.kind
    if kind == "info":
        return Given(kind)
    if rng.random() < 0.2:
        return Given(kind, state=rng.choice(["nsp", "refus", "passed"]))
    if kind == "open":
        return Given(kind, text="des mots")
    types = bool(step.question.other) and rng.random() < 0.4
    codes = [code for code in draw_order(step, rng) if not types or code != step.other_code]
    if kind == "rate":
        return Given(kind, tuple((code, str(rng.randint(1, 5))) for code in codes))
    most = 1 if kind in ("choice", "statement") else min(step.question.at_most or 4, len(codes))
    kept = codes[: rng.randint(0, most - 1) if types else rng.randint(1, most)]
    others = ("mes mots",) if types else ()
    return Given(kind, tuple((code, str(rank)) for rank, code in enumerate(kept, 1)), others=others)


def run(guide, way, seed):
    rng, answers = random.Random(seed), {}
    while step := next_step(guide, answers, way):
        answers[step.key] = check(step, any_answer(step, rng))
        assert len(answers) < MOST_STEPS
    return answers


@given(GUIDES, WAYS, st.integers(0, 10**9))
@settings(max_examples=60, deadline=None)
def test_any_sequence_of_answers_ends_and_replays(guide, way, seed):
    answers = run(guide(), way, seed)
    steps = path(guide(), answers, way)
    keys = [step.key for step in steps]
    assert len(set(keys)) == len(keys)
    assert set(keys) == set(answers)
    assert {step.total for step in steps} == {max(step.place for step in steps)}
    shuffled = dict(random.Random(seed).sample(list(answers.items()), len(answers)))
    assert path(guide(), shuffled, way) == steps


@given(GUIDES, WAYS, st.integers(0, 10**9))
@settings(max_examples=40, deadline=None)
def test_rows_are_never_twice_the_same_option_of_a_question(guide, way, seed):
    answers = run(guide(), way, seed)
    made = [row for step in path(guide(), answers, way) for row in rows(step, answers[step.key])]
    places = [(question, option) for question, _, option, _ in made]
    assert len(set(places)) == len(places)
    assert {kind for _, kind, _, _ in made} <= {"rank", "rate", "choice", "multi", "regnier"}
    assert all(len(question) <= 120 and len(option) <= 80 for question, option in places)


@given(GUIDES, WAYS, st.integers(0, 10**9), st.integers(0, 10**9))
@settings(max_examples=40, deadline=None)
def test_changing_one_answer_loses_none_and_the_guide_still_ends(guide, way, seed, other):
    answers, rng = run(guide(), way, seed), random.Random(other)
    step = rng.choice(path(guide(), answers, way))
    kept = dict(answers)
    kept[step.key] = check(step, any_answer(step, rng))
    standing = {one.key for one in path(guide(), kept, way)}
    assert set(stale_keys(guide(), kept, way)) == set(kept) - standing
    while step := next_step(guide(), kept, way):
        kept[step.key] = check(step, any_answer(step, rng))
        assert len(kept) < 2 * MOST_STEPS
    assert set(answers) <= set(kept)


@given(GUIDES, WAYS, st.integers(0, 10**9))
@settings(max_examples=20, deadline=None)
def test_back_walks_the_whole_path_to_its_first_step(guide, way, seed):
    answers = run(guide(), way, seed)
    steps = path(guide(), answers, way)
    walked, step = [steps[-1]], steps[-1]
    while step := previous_step(guide(), answers, way, step.key):
        walked.append(step)
    assert walked[::-1] == steps


@given(GUIDES, WAYS, st.integers(0, 10**9))
@settings(max_examples=40, deadline=None)
def test_an_announced_total_never_changes(guide, way, seed):
    rng, answers, announced = random.Random(seed), {}, set()
    while step := next_step(guide(), answers, way):
        announced |= {step.total} - {None}
        answers[step.key] = check(step, any_answer(step, rng))
    assert announced <= {path(guide(), answers, way)[-1].place}

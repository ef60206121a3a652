"""What a deck is given of what people wrote."""

from cafe.restitution.writing import written
from cafe.restitution.written import Written


def test_before_anything_is_written_nothing_is_given(app):
    assert written() == Written()

class BadInput(ValueError):
    """Input that cannot be used; its text is one French sentence that a user can read."""

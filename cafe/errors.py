class Refusal(Exception):
    """A rule of the house says no; its text is one French sentence, shown to the user as it is."""

    status = 400


class NotAllowed(Refusal):
    status = 403


class NotFound(Refusal):
    status = 404


class Conflict(Refusal):
    status = 409


class Gone(Refusal):
    status = 410

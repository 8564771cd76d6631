"""What a person is told when a rule refuses what they asked."""


class RuleBroken(Exception):
    """A rule of the domain refuses. The text is one sentence, in the user's language, that says what to do."""


class NotAllowed(RuleBroken):
    """The person has no right to do this here."""

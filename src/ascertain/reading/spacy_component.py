"""The spaCy factory."""


def create() -> None:
    """See spaCy."""

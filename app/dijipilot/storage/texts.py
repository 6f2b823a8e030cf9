"""Texts as they are kept."""


def storable(text: str) -> str:
    """Return a text somebody typed or pasted without halves of characters, which SQLite would refuse."""
    return text.encode("utf-8", "replace").decode("utf-8")

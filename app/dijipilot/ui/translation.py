"""Marks texts in tables for translation; Qt's own marker has no types that a checker could use."""


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """Return the text as it is; the name is the one by which Qt's tools find what there is to translate."""
    return text

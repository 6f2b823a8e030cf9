"""The window: shows and asks, and leaves every decision to the services."""

import sys

import PySide6.QtCore  # noqa: F401  (its import hook must be there to be told what follows)


def _spare_reading_sources() -> None:
    """Tell PySide6 that every module uses it, instead of letting it search the source text of each one imported.

    It looks for uses of snake_case and true_property, which nothing here has; opening and splitting a hundred files
    takes a fifth of the time to an empty window. Where a later PySide6 is built otherwise, it looks as ever.
    """
    feature = sys.modules.get("shibokensupport.feature")
    if feature is not None and hasattr(feature, "_mod_uses_pyside"):
        vars(feature).update(_mod_uses_pyside=lambda module: True)


_spare_reading_sources()

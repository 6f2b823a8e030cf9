"""Says what the publisher's tool needs: the app of exactly its own version, and what draws cards."""

import runpy
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

DRAWS_CARDS = "reportlab>=4.2"


class VendorHook(MetadataHookInterface):
    """Completes what pyproject.toml leaves open."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Add the dependencies."""
        package = Path(self.root).parent.parent / "app" / "dijipilot" / "__init__.py"
        version = runpy.run_path(str(package))["__version__"]
        metadata["dependencies"] = [f"dijipilot=={version}", DRAWS_CARDS]

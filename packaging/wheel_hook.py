"""Puts pack and public keys into the wheel, so that an installed app never parses sources and never holds a secret."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BUNDLED = "dijipilot/_bundled"
PACK, TRUSTED = "academy.djpack", "trusted-keys.json"


class WheelHook(BuildHookInterface[Any]):
    """Finds or makes the pack before the wheel is filled."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the pack and the keys that prove it; an editable wheel uses the source tree instead."""
        if version == "editable":
            return
        self._folder = tempfile.TemporaryDirectory()
        released = os.environ.get("DIJIPILOT_RELEASE")
        make = release_parts if released else development_parts
        for file, name in zip(make(Path(self.root), Path(self._folder.name)), (PACK, TRUSTED), strict=True):
            build_data["force_include"][str(file)] = f"{BUNDLED}/{name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what was made: it is in the wheel now."""
        if version != "editable":
            self._folder.cleanup()


def development_parts(root: Path, folder: Path) -> tuple[Path, Path]:
    """Return pack and keys of this checkout, made when needed; nobody else's app believes them."""
    vault, pack = root / "build" / "publisher", folder / PACK
    options = ("--curriculum", root / "curriculum", "--vault", vault, "--output", pack)
    run_tool(root, "dijipilot_vendor.develop", *options)
    return pack, vault / TRUSTED


def release_parts(root: Path, _: Path) -> tuple[Path, Path]:
    """Return the publisher's pack and public keys; refuse those of a checkout, drafts, and another curriculum."""
    pack, trusted = Path(os.environ.get("DIJIPILOT_PACK", "")), root / "packaging" / TRUSTED
    options = ("--pack", pack, "--trusted", trusted, "--curriculum", root / "curriculum")
    run_tool(root, "dijipilot_vendor.release", *options)
    return pack, trusted


def run_tool(root: Path, module: str, *options: str | Path) -> None:
    """Run a module of the publisher's tool on the sources of the tree."""
    variables = {**os.environ, "PYTHONPATH": str(root / "app")}
    subprocess.run([sys.executable, "-P", "-m", module, *map(str, options)], env=variables, check=True)

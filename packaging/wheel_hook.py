"""Puts the compiled curriculum into the wheel, so that an installed app never parses an author's sources."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACK = "dijipilot/_bundled/academy.djbody"


class WheelHook(BuildHookInterface[Any]):
    """Runs the project's own compiler before the wheel is filled."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the curriculum and add the outcome; an editable wheel uses the source tree instead."""
        if version == "editable":
            return
        self._folder = tempfile.TemporaryDirectory()
        pack = Path(self._folder.name) / "academy.djbody"
        compile_curriculum(Path(self.root), pack, is_release=bool(os.environ.get("DIJIPILOT_RELEASE")))
        build_data["force_include"][str(pack)] = PACK

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what was compiled: it is in the wheel now."""
        if version != "editable":
            self._folder.cleanup()


def compile_curriculum(root: Path, pack: Path, *, is_release: bool) -> None:
    """Compile the sources under root to one file; a release refuses lessons that are drafts."""
    command = [sys.executable, "-m", "dijipilot", "curriculum", "build", str(root / "curriculum"), "-o", str(pack)]
    variables = {**os.environ, "PYTHONPATH": str(root / "app")}
    subprocess.run([*command, *(["--release"] if is_release else [])], env=variables, check=True)

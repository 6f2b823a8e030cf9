"""Homes in which every written lesson of the curriculum can be read, as with a license for all of it."""

import shutil
from pathlib import Path

from dijipilot.paths import UserPaths, development_vault
from dijipilot_vendor.develop import LICENSE

LICENSE_FILE = "DEV-FILE.djlicense"
"""Name under which the license of this checkout lies in a home, as the app itself would keep it."""


def licensed(home: Path) -> Path:
    """Give a home, made when it is not there yet, the license of this checkout; return the home."""
    folder = UserPaths(home).licenses
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    target = folder / LICENSE_FILE
    shutil.copyfile(development_vault() / LICENSE, target)
    target.chmod(0o600)
    return home

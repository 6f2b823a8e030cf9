"""Where user data, resources and curriculum live: source tree, wheel or frozen app; nobody else asks.

User data lives in the first of: --home DIR, DIJIPILOT_HOME, a folder `dijipilot-data` beside the program when a file
`dijipilot-portable` stands there, the platform's own place for application data.
"""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

HOME_VARIABLE = "DIJIPILOT_HOME"
MACHINE_VARIABLE = "DIJIPILOT_ALL_USERS"
"""Says where the licenses for all users lie, for machines that keep such data elsewhere."""

TRUSTED_KEYS = "trusted-keys.json"
PORTABLE_MARKER = "dijipilot-portable"
PORTABLE_FOLDER = "dijipilot-data"

_PACKAGE = Path(__file__).resolve().parent
_BUNDLED = _PACKAGE / "_bundled"
_CHECKOUT = _PACKAGE.parent.parent


class UserPaths(NamedTuple):
    """The files of one home; nothing is created by asking. A named tuple: see messages.py."""

    home: Path

    @property
    def database(self) -> Path:
        """The learner's database."""
        return self.home / "progress.db"

    @property
    def lock(self) -> Path:
        """The file whose operating-system lock says who writes."""
        return self.home / "progress.lock"

    @property
    def backups(self) -> Path:
        """Folder of verified backups."""
        return self.home / "backups"

    @property
    def packs(self) -> Path:
        """Folder of installed content packs."""
        return self.home / "packs"

    @property
    def licenses(self) -> Path:
        """Folder of the licenses activated for this home."""
        return self.home / "licenses"

    @property
    def clock_mark(self) -> Path:
        """What is remembered of the clock for licenses that end."""
        return self.licenses / "clock.json"

    @property
    def cache(self) -> Path:
        """Folder of what may be deleted at any time."""
        return self.home / "cache"

    @property
    def last_picture(self) -> Path:
        """The window as it was left."""
        return self.cache / "last-view.png"

    @property
    def logs(self) -> Path:
        """Folder of log files."""
        return self.home / "logs"

    @property
    def window_state(self) -> Path:
        """Window geometry and the place last seen (an INI file)."""
        return self.home / "window.ini"


def find_home(argument: str | None, environment: Mapping[str, str] = os.environ) -> UserPaths:
    """Return where user data lives; `argument` is what --home said."""
    if argument:
        return UserPaths(Path(argument).expanduser().absolute())
    if environment.get(HOME_VARIABLE):
        return UserPaths(Path(environment[HOME_VARIABLE]).expanduser().absolute())
    program = _program_folder()
    if (program / PORTABLE_MARKER).exists():
        return UserPaths(program / PORTABLE_FOLDER)
    # Imported here: it costs as much as a bare window's whole start, and --home does not need it.
    import platformdirs

    return UserPaths(Path(platformdirs.user_data_dir("DijiPilot Academy", appauthor=False)))


def _program_folder() -> Path:
    """Return the folder of the frozen program or, from source, of the checkout."""
    return Path(sys.executable).resolve().parent if is_frozen() else _CHECKOUT


def is_frozen() -> bool:
    """Tell whether this is a built application, not Python running our sources."""
    return bool(getattr(sys, "frozen", False))


def resources_folder() -> Path:
    """Return the folder of icons, fonts and translations."""
    bundled = _BUNDLED / "resources"
    return bundled if bundled.is_dir() else _CHECKOUT / "resources"


def bundled_pack() -> Path | None:
    """Return the ready-made content pack that wheel and bundle carry, or None in a source checkout."""
    pack = _BUNDLED / "academy.djpack"
    return pack if pack.is_file() else None


def trusted_keys_file() -> Path:
    """Return the file of the publisher's public keys, of the program or of the checkout; nothing overrides it."""
    # Whether or not it is there: a program whose file was lost must not take another that lies around.
    return (_BUNDLED if _BUNDLED.is_dir() else development_vault()) / TRUSTED_KEYS


def development_vault() -> Path:
    """Return where a checkout keeps the keys that it made for itself (ignored by git)."""
    return checkout_build_folder() / "publisher"


def checkout_sources() -> Path:
    """Return the folder of a checkout that holds the packages, the publisher's tool among them."""
    return _CHECKOUT / "app"


def machine_licenses(platform: str = sys.platform, environment: Mapping[str, str] = os.environ) -> Path:
    """Return the folder of licenses for all users of this machine, as the platform has one."""
    if environment.get(MACHINE_VARIABLE):
        return Path(environment[MACHINE_VARIABLE]).absolute()
    if platform == "win32":
        return Path(environment.get("PROGRAMDATA", r"C:\ProgramData")) / "DijiPilot Academy" / "licenses"
    if platform == "darwin":
        return Path("/Library/Application Support/DijiPilot Academy/licenses")
    return Path("/usr/local/share/dijipilot-academy/licenses")


def curriculum_sources() -> Path | None:
    """Return the curriculum sources of a checkout, or None where there are none (wheel, bundle)."""
    sources = _CHECKOUT / "curriculum"
    return sources if (sources / "curriculum.yaml").is_file() else None


def checkout_build_folder() -> Path:
    """Return where a checkout keeps what it builds (ignored by git)."""
    return _CHECKOUT / "build"

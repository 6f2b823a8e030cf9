"""Keeps the arrows between the packages pointing inwards, and shows that each rule about them can fail."""

import ast
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "app" / "dijipilot"
PACKAGES = ("dijipilot", "dijipilot_vendor")
LINT = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_logo=True, cache_dir=None))"


class Plant(NamedTuple):
    """A module that breaks one contract: its place under app/dijipilot, or app, its text, the contract's id."""

    file: str
    text: str
    contract: str


PLANTS = (
    Plant("domain/planted_outwards.py", "import dijipilot.services", "layers"),
    Plant("storage/planted_sibling.py", "import dijipilot.content", "layers"),
    Plant("content/planted_license.py", "import dijipilot.licensing.planted_crypto_import", "layers"),
    Plant("services/planted_window.py", "import dijipilot.ui", "layers"),
    Plant("cli/planted_window.py", "import dijipilot.ui", "layers"),
    Plant("ui/planted_query.py", "import dijipilot.storage", "no-queries-in-the-window"),
    Plant("cli/planted_query.py", "import dijipilot.storage", "no-queries-in-the-window"),
    Plant("services/planted_signal.py", "from PySide6.QtCore import QObject", "qt"),
    Plant("planted_lazy_qt.py", "def show() -> None:\n    import PySide6.QtWidgets", "qt"),
    Plant("services/planted_table.py", "from sqlmodel import SQLModel", "sqlmodel"),
    Plant("cli/planted_sql.py", "import sqlalchemy", "sqlmodel"),
    Plant("services/planted_yaml.py", "import yaml", "yaml"),
    Plant("licensing/planted_crypto_import.py", "import nacl.signing", "crypto"),
    Plant("dijipilot_vendor/planted_crypto.py", "import nacl.secret", "crypto"),
    Plant("dijipilot_vendor/commands/planted_crypto.py", "import cryptography", "crypto"),
    Plant("services/planted_key.py", "import dijipilot_vendor.signing", "vendor"),
    Plant("dijipilot_vendor/planted_service.py", "import dijipilot.services.library", "vendor-uses"),
    Plant("dijipilot_vendor/planted_window.py", "def show() -> None:\n    import dijipilot.ui.look", "vendor-uses"),
    Plant("dijipilot_vendor/commands/planted_pdf.py", "from reportlab.lib import colors", "pdf"),
    Plant("exchange/planted_pdf.py", "import reportlab", "pdf"),
    Plant("domain/planted_file.py", "from pathlib import Path", "pure-domain"),
    Plant("domain/assessment/planted_chance.py", "import random", "pure-domain"),
    Plant("domain/planted_clock.py", "import time", "pure-domain"),
)

ALLOWED = {
    "planted_wiring.py": "import dijipilot.services\nimport dijipilot.storage",
    "bootstrap.py": "def show() -> None:\n    import dijipilot.ui.planted_window",
    "ui/planted_window.py": "import PySide6.QtWidgets\nimport dijipilot.services",
    "cli/planted_command.py": "import dijipilot.bootstrap\nimport dijipilot.services",
    "services/planted_use_case.py": "import dijipilot.storage\nimport dijipilot.content\nimport dijipilot.domain",
    "storage/planted_tables.py": "import sqlmodel\nimport sqlalchemy\nimport dijipilot.domain",
    "content/planted_pack.py": "import yaml\nimport dijipilot.licensing.crypto",
    "licensing/crypto.py": "import nacl.bindings",
    "domain/planted_rule.py": "import math\nimport numpy",
    "dijipilot_vendor/signing.py": "import nacl.bindings",
    "dijipilot_vendor/printing.py": "import reportlab.pdfgen",
    "dijipilot_vendor/planted_use.py": "import dijipilot.content.pack\nimport dijipilot.licensing.crypto",
}


def contract_names() -> dict[str, str]:
    """Return the names of the contracts by id."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        contracts = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    return {contract["id"]: contract["name"] for contract in contracts}


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the contracts on the tree under folder."""
    variables = {**os.environ, "PYTHONPATH": str(folder / "app"), "COLUMNS": "300"}
    command = [sys.executable, "-c", LINT]
    return subprocess.run(command, cwd=folder, env=variables, capture_output=True, text=True, check=False)


def copy_with(folder: Path, texts: dict[str, str]) -> None:
    """Copy the packages to folder and put these modules into the copy."""
    for package in PACKAGES:
        kept = folder / "app" / package
        shutil.copytree(ROOT / "app" / package, kept, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    for name, text in texts.items():
        (folder / "app" / place_of(name)).write_text(text + "\n", encoding="utf-8")


def place_of(file: str) -> Path:
    """Return where under app a module stands that is named without `dijipilot`."""
    return Path(file) if file.startswith("dijipilot_vendor/") else Path("dijipilot", file)


@pytest.fixture(scope="module")
def broken_report(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return what the linter says of a copy in which all plants stand."""
    folder = tmp_path_factory.mktemp("broken")
    copy_with(folder, {plant.file: plant.text for plant in PLANTS})
    finished = lint_imports(folder)
    assert finished.returncode == 1, finished.stdout + finished.stderr
    return finished.stdout


def section(report: str, name: str) -> str:
    """Return the part of a report that lists how the contract of this name is broken."""
    lines = report.partition("Broken contracts")[2].splitlines()
    headings = {line for line in lines if line in contract_names().values()}
    if name not in headings:
        return ""
    start = lines.index(name) + 1
    ends = [place for place in range(start, len(lines)) if lines[place] in headings]
    return "\n".join(lines[start : ends[0] if ends else None])


def test_the_package_keeps_every_import_contract() -> None:
    finished = lint_imports(ROOT)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    assert f"{len(contract_names())} kept, 0 broken" in finished.stdout


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: f"{plant.contract}: {plant.file}")
def test_a_wrong_arrow_breaks_its_contract(plant: Plant, broken_report: str) -> None:
    module = ".".join(place_of(plant.file).with_suffix("").parts)
    assert f"{module} -> " in section(broken_report, contract_names()[plant.contract])


def test_every_contract_has_been_seen_broken() -> None:
    assert {plant.contract for plant in PLANTS} == set(contract_names())


def test_the_arrows_we_want_are_allowed(tmp_path: Path) -> None:
    copy_with(tmp_path, ALLOWED)
    finished = lint_imports(tmp_path)
    assert finished.returncode == 0, finished.stdout + finished.stderr


# What imports cannot show: a clock or chance reached through modules that the domain may use ------------------

CLOCK_METHODS = frozenset({"now", "utcnow", "today"})
CHANCE_TYPES = frozenset({"Generator", "BitGenerator"})


def dotted_name(node: ast.expr) -> str:
    """Return `a.b.c` for such an expression; empty for any other."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        owner = dotted_name(node.value)
        return f"{owner}.{node.attr}" if owner else ""
    return ""


def impurities(source: str) -> list[str]:
    """Return where a module reads a file, a clock or chance of its own: `line: expression`."""
    tree = ast.parse(source)
    found = [
        f"{node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call | ast.Attribute) and is_impure(node)
    ]
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("numpy.random"):
            found += [f"{node.lineno}: {name.name}" for name in node.names if name.name not in CHANCE_TYPES]
        if isinstance(node, ast.ImportFrom) and node.module == "uuid":
            found += [f"{node.lineno}: {name.name}" for name in node.names if name.name in ("uuid1", "uuid4")]
    return found


def is_impure(node: ast.Call | ast.Attribute) -> bool:
    """Tell whether this expression depends on more than its arguments."""
    if isinstance(node, ast.Call):
        name = dotted_name(node.func)
        makes_generator = ".random." in f".{name}" and name.split(".")[-2] == "random"
        return name in ("open", "__import__") or (makes_generator and not (node.args or node.keywords))
    owner = dotted_name(node.value).split(".")
    if owner[-1] in ("datetime", "date"):
        return node.attr in CLOCK_METHODS
    if owner[-1] == "uuid":
        return node.attr in ("uuid1", "uuid4")
    is_numpy_random = owner in (["np", "random"], ["numpy", "random"])
    return is_numpy_random and node.attr.islower() and node.attr != "default_rng"


@pytest.mark.parametrize(
    "line",
    [
        "open('facts.txt')",
        "datetime.now(UTC)",
        "datetime.datetime.utcnow()",
        "date.today()",
        "clock = datetime.now",
        "np.random.normal(0, 1)",
        "numpy.random.seed(1)",
        "np.random.default_rng()",
        "np.random.PCG64()",
        "from numpy.random import normal",
        "from numpy.random import default_rng",
        "uuid.uuid4()",
        "from uuid import uuid4",
    ],
)
def test_files_clock_and_chance_are_noticed_in_the_domain(line: str) -> None:
    assert impurities(line)


@pytest.mark.parametrize(
    "line",
    [
        "np.random.default_rng(seed)",
        "def draw(generator: np.random.Generator) -> float:\n    return generator.normal()",
        "datetime(2026, 1, 1, tzinfo=UTC)",
        "moment.date()",
        "self.now(moment)",
        "from numpy.random import Generator",
        "uuid.uuid5(namespace, name)",
        "session.open()",
    ],
)
def test_what_depends_on_arguments_alone_is_allowed_in_the_domain(line: str) -> None:
    assert impurities(line) == []


@pytest.mark.parametrize(
    "file", sorted((SOURCES / "domain").rglob("*.py")), ids=lambda file: str(file.relative_to(SOURCES))
)
def test_the_domain_decides_from_its_arguments_alone(file: Path) -> None:
    assert impurities(file.read_text(encoding="utf-8")) == []

"""How the command line speaks of a content pack, to people and to scripts."""

from dijipilot.content.installed import PackSummary


def described(summary: PackSummary) -> str:
    """Return what a pack is in one line."""
    edition = f", edition {summary.edition}" if summary.edition else ""
    return f"{summary.title}{edition}, {summary.ready} of {summary.lessons} lessons ready ({summary.id[:16]})"


def summary_data(summary: PackSummary) -> dict[str, object]:
    """Return a pack as scripts read it; the keys are a contract."""
    return {
        "file": str(summary.path),
        "id": summary.id,
        "pack_id": summary.pack_id,
        "serial": summary.serial,
        "built": summary.built.isoformat(),
        "title": summary.title,
        "edition": summary.edition,
        "lessons": summary.lessons,
        "ready": summary.ready,
        "sealed": summary.sealed,
    }

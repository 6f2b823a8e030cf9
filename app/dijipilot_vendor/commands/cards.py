"""dijipilot-vendor cards: mint activation cards, print them once, destroy the codes."""

import argparse
from pathlib import Path

from msgspec.structs import replace

from dijipilot.domain.license import LicenseType
from dijipilot.errors import UsageProblem
from dijipilot_vendor.card_sheet import card_pages
from dijipilot_vendor.cards import batch_of, mint, read_print_file, with_batch
from dijipilot_vendor.desk import Desk, Outcome, new_file
from dijipilot_vendor.entitlements import read_through
from dijipilot_vendor.issuing import Wanted
from dijipilot_vendor.printing import Paper
from dijipilot_vendor.state import Batch
from dijipilot_vendor.texts import message


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = subparsers.add_parser("cards", help="activation cards")
    verbs = parser.add_subparsers(dest="verb", metavar="COMMAND", required=True)
    minting = verbs.add_parser("mint", help="make cards; their codes lie in one encrypted file until they are printed")
    minting.add_argument("--sku", required=True, help="as the shop calls it, such as PRO-SELF")
    minting.add_argument("--ents", metavar="LIST", required=True, help="editions that they open: pro,basics")
    minting.add_argument("--through", metavar="DAY", required=True, help="last day of a year: 2027-12-31")
    minting.add_argument("--count", type=int, required=True)
    minting.add_argument("--batch", required=True, help="name of these cards, such as B014")
    minting.add_argument("--out", metavar="FILE", type=Path, required=True, help="the print file: b014.cards.enc")
    minting.add_argument("--edition", metavar="TITLE", default="", help="instead of the title of the first edition")
    printing = verbs.add_parser("print", help="write a PDF of ten cards a page; once")
    printing.add_argument("batch", metavar="BATCH", help="name of the batch, or its print file")
    printing.add_argument("--pdf", metavar="FILE", type=Path, required=True)
    printing.add_argument("--qr", action="store_true", help="with the code as a QR code")
    printing.add_argument("--paper", choices=[paper.value for paper in Paper], default=Paper.A4.value)
    printing.add_argument("--again", action="store_true", help="although it was printed before")
    sealing = verbs.add_parser("seal", help="destroy the codes: nobody can print them any more")
    sealing.add_argument("batch", metavar="BATCH", help="name of the batch, or its print file")
    sealing.add_argument("--unprinted", action="store_true", help="although nobody has printed them")
    listing = verbs.add_parser("list", help="all batches")
    listing.add_argument("--json", action="store_true", help="data on standard output")


def run(arguments: argparse.Namespace, desk: Desk) -> Outcome:
    """Do what the parsed arguments ask."""
    match arguments.verb:
        case "mint":
            return _mint(arguments, desk)
        case "print":
            return _print(arguments, desk)
        case "seal":
            return _seal(arguments, desk)
        case _:
            batches = desk.state.public.batches
            lines = tuple(map(_line, batches)) or ("There are no cards yet: dijipilot-vendor cards mint",)
            return Outcome(desk.state, lines, {"batches": [_data(batch) for batch in batches]})


def _mint(arguments: argparse.Namespace, desk: Desk) -> Outcome:
    place = new_file(arguments.out, b"")
    batch = Batch(
        batch=arguments.batch.upper(),
        sku=arguments.sku,
        edition="",
        count=arguments.count,
        minted=desk.today,
        file=str(place.path),
    )
    wanted = Wanted(
        typ=LicenseType.CARD,
        ents=tuple(dict.fromkeys(name.strip() for name in arguments.ents.split(","))),
        through=read_through(arguments.through, desk.today),
        edition=arguments.edition,
        batch=batch.batch,
        sku=batch.sku,
    )
    minting = mint(desk.state, batch, wanted)
    made = batch_of(minting.state, batch.batch)
    advice = f"Next: cards print {made.batch} --pdf FILE --qr, then cards seal {made.batch}."
    notice = "They open packs whose keyring is built from now on."
    return Outcome(
        minting.state,
        (_line(made), str(place.path), notice, advice),
        files=(replace(place, content=minting.print_file),),
    )


def _print(arguments: argparse.Namespace, desk: Desk) -> Outcome:
    batch = batch_of(desk.state, arguments.batch)
    if batch.printed and not arguments.again:
        day = batch.printed[-1].isoformat()
        raise UsageProblem(message("vendor.batch_printed", batch=batch.batch, day=day))
    cards = read_print_file(desk.state, batch, Path(batch.file))
    pdf = new_file(arguments.pdf, card_pages(cards, Paper(arguments.paper), with_qr=arguments.qr))
    printed = replace(batch, printed=(*batch.printed, desk.today))
    advice = f"Print it, compare one card with the PDF, delete the PDF, then: cards seal {batch.batch}"
    return Outcome(with_batch(desk.state, printed), (_line(printed), str(pdf.path), advice), files=(pdf,))


def _seal(arguments: argparse.Namespace, desk: Desk) -> Outcome:
    batch = batch_of(desk.state, arguments.batch)
    if batch.sealed:
        # Once more, should the file have been left behind.
        day = batch.sealed.isoformat()
        return Outcome(desk.state, (f"{batch.batch} was sealed on {day}.",), removed=(Path(batch.file),))
    if not batch.printed and not arguments.unprinted:
        raise UsageProblem(message("vendor.batch_unprinted", batch=batch.batch))
    sealed = replace(batch, sealed=desk.today)
    secrets = desk.state.secrets
    keys = {name: key for name, key in secrets.print_key_by_batch.items() if name != batch.batch}
    state = replace(with_batch(desk.state, sealed), secrets=replace(secrets, print_key_by_batch=keys))
    advice = "The key of its print file is destroyed, and with it every copy but those in earlier backups of the vault."
    return Outcome(state, (_line(sealed), advice), removed=(Path(batch.file),))


def _line(batch: Batch) -> str:
    printed = f"printed {', '.join(day.isoformat() for day in batch.printed)}" if batch.printed else "not printed"
    sealed = f"codes destroyed {batch.sealed}" if batch.sealed else "codes not destroyed yet"
    what = f"{batch.batch:<12} {batch.count:>6} cards  {batch.sku}, {batch.edition}"
    return f"{what}; minted {batch.minted}; {printed}; {sealed}"


def _data(batch: Batch) -> dict[str, object]:
    return {
        "batch": batch.batch,
        "sku": batch.sku,
        "edition": batch.edition,
        "count": batch.count,
        "minted": batch.minted.isoformat(),
        "printed": [day.isoformat() for day in batch.printed],
        "sealed": batch.sealed.isoformat() if batch.sealed else None,
        "file": batch.file,
    }

"""dijipilot-vendor issue: license files for people, classrooms and trials, and for putting a wrong clock right."""

import argparse
import os
from datetime import timedelta
from pathlib import Path

from dijipilot.domain.license import LicenseType
from dijipilot.errors import UsageProblem
from dijipilot.licensing.code import ActivationCode, make_code
from dijipilot.licensing.crypto import KEY_BYTES
from dijipilot.licensing.license import root_of
from dijipilot.licensing.license_file import write_armor
from dijipilot_vendor.cards import new_secret
from dijipilot_vendor.desk import Desk, NewFile, Outcome, new_file
from dijipilot_vendor.entitlements import read_through
from dijipilot_vendor.issuing import Wanted, issue, license_of
from dijipilot_vendor.key_roles import signer
from dijipilot_vendor.license_sheet import LicenseSheet, license_page
from dijipilot_vendor.printing import Paper
from dijipilot_vendor.records import make_license_file
from dijipilot_vendor.state import Issued, Role, VaultState
from dijipilot_vendor.texts import message

CLOCK_RESET = LicenseType.CLOCK_RESET.value
MOST_DAYS = 3_660


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = subparsers.add_parser("issue", help="write a license file")
    parser.add_argument(
        "kind", nargs="?", choices=[CLOCK_RESET], metavar=CLOCK_RESET, help="for a computer whose clock was wrong"
    )
    typs = (LicenseType.NAMED, LicenseType.CLASSROOM, LicenseType.TRIAL)
    parser.add_argument("--typ", choices=[typ.value for typ in typs])
    parser.add_argument("--ents", metavar="LIST", default="", help="editions that it opens: pro,basics")
    parser.add_argument("--through", metavar="DAY", help="last day of a year: 2027-12-31; of a trial, this year's")
    parser.add_argument("--holder", metavar="NAME", help="for whom it is")
    parser.add_argument("--seats", type=int, default=1, help="for so many computers; shown, never enforced")
    parser.add_argument("--days", type=int, help="it ends after so many days; always of a trial")
    parser.add_argument("--grace", type=int, default=0, help="so many days after its end are open as well")
    parser.add_argument("--sku", default="")
    parser.add_argument("--edition", metavar="TITLE", default="", help="instead of the title of the first edition")
    parser.add_argument("--out", metavar="FILE", type=Path, required=True, help="such as room4.djlicense")
    parser.add_argument("--bearer", action="store_true", help="it opens by itself: whoever has the file needs no code")
    parser.add_argument("--code-out", metavar="FILE", type=Path, help="where its code goes, unless it opens by itself")
    parser.add_argument("--sheet", metavar="FILE", type=Path, help="a page for the holder, as PDF, with a QR code")
    parser.add_argument("--paper", choices=[paper.value for paper in Paper], default=Paper.A4.value)


def run(arguments: argparse.Namespace, desk: Desk) -> Outcome:
    """Enter a license into the register and write its file. Raises UsageProblem."""
    _check_options(arguments)
    wanted = _wanted(arguments, desk)
    is_bearer = arguments.bearer or wanted.typ is LicenseType.CLOCK_RESET
    code = None if is_bearer else make_code(new_secret())
    root = root_of(code.secret) if code else os.urandom(KEY_BYTES)
    state, (entry,) = issue(desk.state, wanted, [root], desk.today)
    license_ = license_of(state, entry, also_published=True)
    armor = write_armor(make_license_file(root, license_, signer(state, Role.LICENSE), is_bearer=is_bearer))
    files = [new_file(arguments.out, armor), *_extra_files(arguments, entry, code, armor)]
    if len({file.path for file in files}) < len(files):
        raise UsageProblem(message("vendor.file_there", path=str(arguments.out)))
    until = f", until {entry.not_after}" if entry.not_after else ""
    what = f"{entry.lic}  {entry.typ}, {entry.edition or 'nothing to open'}{until}"
    return Outcome(state, (what, *(str(file.path) for file in files), *_advice(state, entry)), files=tuple(files))


def _check_options(arguments: argparse.Namespace) -> None:
    name = f"issue {CLOCK_RESET}" if arguments.kind else "issue"
    unfit = {
        "--typ": arguments.typ,
        "--ents": arguments.ents,
        "--days": arguments.days,
        "--code-out": arguments.code_out,
    }
    if arguments.kind:
        for option, value in unfit.items():
            if value:
                raise UsageProblem(message("vendor.unfit_option", command=name, option=option))
        return
    needed = {"--typ": arguments.typ, "--ents": arguments.ents}
    if arguments.typ == LicenseType.TRIAL:
        needed["--days"] = arguments.days
    else:
        needed["--through"] = arguments.through
    if not arguments.bearer:
        needed["--bearer, or --code-out FILE"] = arguments.code_out
    for option, value in needed.items():
        if not value:
            raise UsageProblem(message("vendor.missing_option", command=name, option=option))
    if arguments.bearer and arguments.code_out:
        raise UsageProblem(message("vendor.unfit_option", command="issue --bearer", option="--code-out"))


def _wanted(arguments: argparse.Namespace, desk: Desk) -> Wanted:
    if arguments.kind:
        return Wanted(typ=LicenseType.CLOCK_RESET, holder=arguments.holder or None)
    days = arguments.days
    if days is not None and not 1 <= days <= MOST_DAYS:
        raise UsageProblem(message("vendor.number_unfit", what="The number of days", least=1, most=MOST_DAYS))
    return Wanted(
        typ=LicenseType(arguments.typ),
        ents=tuple(dict.fromkeys(name.strip() for name in arguments.ents.split(","))),
        through=read_through(arguments.through or str(desk.today.year), desk.today),
        edition=arguments.edition,
        holder=arguments.holder or None,
        sku=arguments.sku,
        seats=arguments.seats,
        not_after=desk.today + timedelta(days=days) if days else None,
        grace_days=arguments.grace,
    )


def _extra_files(
    arguments: argparse.Namespace, entry: Issued, code: ActivationCode | None, armor: bytes
) -> list[NewFile]:
    files = []
    if code:
        files.append(new_file(arguments.code_out, f"{code.printed}\n".encode("ascii")))
    if arguments.sheet:
        sheet = LicenseSheet(
            license=entry.lic,
            edition=entry.edition,
            holder=entry.holder,
            seats=entry.seats,
            through=entry.through,
            not_after=entry.not_after,
            issued=entry.issued,
            needs_code=code is not None,
            armor=armor.decode("ascii"),
        )
        files.append(new_file(arguments.sheet, license_page(sheet, Paper(arguments.paper))))
    return files


def _advice(state: VaultState, entry: Issued) -> list[str]:
    """Say what to know of a license that no pack knows yet."""
    published = {each.edition.name for each in state.public.editions if each.published_epoch}
    unopened = [name for name in entry.ents if name not in published]
    return [f"No pack that was signed so far opens for {name}; the next one does." for name in unopened]

"""The sentences of the publisher's tool. They join those of the app here, so that no learner's copy carries them."""

from dijipilot.message_texts import SENTENCES
from dijipilot.messages import Message, message

__all__ = ["Message", "message"]

SENTENCES.update(
    {
        # Files
        "vendor.could_not_save": (
            "{path} could not be written: {cause}. The vault is as it was before. Make room or choose another place, "
            "then try again."
        ),
        "vendor.not_renamed": (
            "{path} is written and the vault knows of it, but it could not get its name: {cause}. It lies whole in "
            "{part}: rename that."
        ),
        "vendor.not_removed": (
            "{path} could not be removed: {cause}. Its key is destroyed, so nobody can read it; remove the file "
            "yourself."
        ),
        "vendor.no_file": "There is no file {path}. Nothing was changed. Check the name, then try again.",
        "vendor.unreadable": "{path} cannot be read: {cause}. Nothing was changed.",
        "vendor.file_there": (
            "{path} is there already and is left as it is. Nothing was changed. Choose another name, or move the "
            "file away."
        ),
        # The vault
        "vendor.no_vault": (
            "There is no vault in {folder}. Make one with: dijipilot-vendor keys init. If yours lies elsewhere, say "
            "where with --vault."
        ),
        "vendor.vault_there": "{folder} is not empty. A vault gets a folder of its own; nothing was changed.",
        "vendor.vault_in_checkout": (
            "{folder} lies in the git checkout {checkout}, from where private keys would sooner or later leave this "
            "computer. Nothing was changed. Choose a folder outside with --vault."
        ),
        "vendor.vault_busy": (
            "Another command is using the vault {folder}. Nothing was changed. Wait until it is done, then try again."
        ),
        "vendor.wrong_passphrase": (
            "The passphrase does not open the vault {folder}, or its file secrets.sealed is damaged. Nothing was "
            "changed. Type it again; if you are sure of it, restore the folder from your backup."
        ),
        "vendor.vault_damaged": (
            "{path} is not as this tool has written it: {cause}. Nothing was changed. Restore the folder of the "
            "vault from your backup."
        ),
        "vendor.passphrases_differ": "The two passphrases are not the same. Nothing was changed. Try again.",
        "vendor.passphrase_short": (
            "A passphrase needs at least {least} characters: whoever finds the vault can try as many as they like. "
            "Nothing was changed. Four or more random words make a good one."
        ),
        "vendor.passphrase_unreadable": (
            "The passphrase in {path} is not text of one line in UTF-8. Nothing was changed."
        ),
        "vendor.no_terminal": (
            "There is no terminal on which to ask for the passphrase. Nothing was changed. Put it into a file and "
            "name that with --passphrase-file."
        ),
        # The audit log
        "vendor.audit_broken": (
            "The audit log is not as the commands have written it: line {number}, {cause}. Keep the file as "
            "evidence, and compare it with your backups."
        ),
        "vendor.audit_cut": (
            "The audit log was cut off: {found} of {written} lines are there. Keep the file as evidence, and compare "
            "it with your backups."
        ),
        # Editions and licenses
        "vendor.edition_name": (
            "“{name}” cannot be the name of an edition: up to 30 small letters, digits and dashes, a letter first. "
            "Nothing was changed."
        ),
        "vendor.edition_there": "There is an edition {name} already. Nothing was changed.",
        "vendor.no_edition": "There is no edition {name}. There are: {known}. Nothing was changed.",
        "vendor.program_pattern": (
            "“{pattern}” names no programs: write a number such as 3.1, all of a stage as 2.*, or * for everything. "
            "Nothing was changed."
        ),
        "vendor.text_unfit": (
            "“{text}” cannot stand in a license as {what}: it takes 1 to {most} printable characters. Nothing was "
            "changed."
        ),
        "vendor.through_unfit": (
            "“{through}” cannot be kept: keys are made for whole years. Write the last day of one, such as "
            "2027-12-31, not before this year and at most {most} years ahead. Nothing was changed."
        ),
        "vendor.number_unfit": "{what} has to be from {least} to {most}. Nothing was changed.",
        "vendor.license_too_long": (
            "This license would say more than a license can hold: {count} entitlements. Nothing was changed. Give "
            "fewer editions or years."
        ),
        "vendor.no_license": "There is no license {license} in the register. Nothing was changed.",
        "vendor.revoked_already": "License {license} was revoked on {day}: {reason}. Nothing was changed.",
        "vendor.missing_option": "{command} needs {option}. Nothing was changed.",
        "vendor.unfit_option": "{option} does not go with {command}. Nothing was changed.",
        # Cards
        "vendor.batch_name": (
            "“{batch}” cannot be the name of a batch: up to 32 letters, digits and dashes. Nothing was changed."
        ),
        "vendor.batch_there": "There is a batch {batch} already. Nothing was changed. Choose another name.",
        "vendor.no_batch": "There is no batch {batch}. Nothing was changed. List them: dijipilot-vendor cards list.",
        "vendor.batch_printed": (
            "Batch {batch} was printed on {day}. A second print makes every code twice. Nothing was changed. If the "
            "first went wrong and was destroyed, say --again."
        ),
        "vendor.batch_sealed": (
            "The codes of batch {batch} were destroyed on {day}; nobody can print them any more. Nothing was changed."
        ),
        "vendor.batch_unprinted": (
            "Batch {batch} was never printed: sealing it now would lose its codes for good. Nothing was changed. If "
            "that is what you want, say --unprinted."
        ),
        "vendor.cards_not_ours": (
            "{path} is damaged, or was not written by this vault for batch {batch}. Nothing was changed."
        ),
        # Keyrings and packs
        "vendor.serial_low": "{what} {serial} was there before: the last one is {last}. Nothing was changed.",
        "vendor.no_keyring": (
            "No keyring was built yet, so nobody could open the pack. Nothing was changed. First: dijipilot-vendor "
            "keyring build --all-live --serial 1"
        ),
        "vendor.no_editions": (
            "There is no edition yet, so nobody could open the pack. Nothing was changed. First: dijipilot-vendor "
            "ent new"
        ),
        "vendor.version_unfit": "“{version}” is no version such as 1.4.0. Nothing was changed.",
        "vendor.no_body": (
            "{path} is no compiled curriculum. Nothing was changed. Make one: dijipilot-vendor pack build"
        ),
        "vendor.no_period": (
            "A lesson of program {program} does not say when it was first published, so no license could be said to "
            "cover it. Nothing was changed. Write `published` into its file or into curriculum.yaml."
        ),
        "vendor.release_refused": "A release is refused, nothing was written:\n{lines}",
        "vendor.pack_fails": "{path} must not be published:\n{lines}",
        # Looking into things
        "vendor.nothing_to_inspect": (
            "{path} is neither a license file nor a content pack. Nothing was changed. For a code, say - and type or "
            "pipe it into standard input."
        ),
        "vendor.code_as_argument": (
            "An activation code must not stand in a command: the shell keeps it, and others can see it. Nothing was "
            "changed. Say - and type or pipe the code into standard input."
        ),
        "vendor.code_not_issued": "This code is written correctly, and this vault did not issue it.",
    }
)

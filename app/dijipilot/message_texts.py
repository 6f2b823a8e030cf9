"""The table of sentences, by id; placeholders in braces. Sorted by subject; ids are never reused for another meaning."""

SENTENCES: dict[str, str] = {
    # Reasons of a verdict
    "reason.act_ticked": "You can show: {text}.",
    "reason.act_not_ticked": "You did not tick: {text}.",
    "reason.option": "To “{prompt}” you answered: {text}.",
    "reason.not_sure": "You were not sure about: {prompt}",
    "reason.follow_up_kept": "Your follow-up answer confirmed it: {text}.",
    "reason.follow_up_failed": "Your follow-up answer did not confirm it: {text}.",
    "reason.prerequisite_mastered": "It builds on “{title}”, which you have.",
    "reason.prerequisite_missing": "It builds on “{title}”, which is missing.",
    "reason.descendant_mastered": "“{title}”, which builds on it, is mastered.",
    "reason.lesson_done": "You finished this lesson.",
    "reason.check_passed": "You passed its knowledge check.",
    "reason.fact": "You said: {text}.",
    # Data on disk
    "storage.another_instance": (
        "Another DijiPilot Academy window or command is using this data ({home}). "
        "Nothing was changed. Close the other one, or wait for it, and try again."
    ),
    "storage.could_not_save": (
        "This could not be saved: {cause}. What was saved before is safe. Free some space or check the "
        "permissions of {home}, then try again."
    ),
    "storage.newer_database": (
        "Your progress was written by a newer version of DijiPilot Academy. It is shown, but this version "
        "changes nothing in it. Install the newer version to go on."
    ),
    "storage.damaged": (
        "Your progress file is damaged ({cause}). The damaged file was kept as {kept}. "
        "{outcome}"
    ),
}

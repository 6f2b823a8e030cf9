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
    # Curriculum sources
    "curriculum.no_folder": "{folder} holds no curriculum.yaml. Name the folder that does.",
    # Content packs
    "pack.not_found": "There is no content pack at {path}.",
    "pack.unreadable": "The content pack {path} cannot be read: {cause}. Check its permissions, then try again.",
    "pack.no_pack": "{path} is no content pack. Choose a file that ends in .djpack.",
    "pack.newer": (
        "{path} was made for a newer version of DijiPilot Academy. Your progress is safe. Install the newer version, "
        "or go on with the pack you have."
    ),
    "pack.damaged": (
        "The content pack {path} is damaged ({cause}). Your progress is safe: it is kept elsewhere. "
        "Copy the pack again from where you got it."
    ),
    "pack.could_not_write": (
        "{path} could not be written: {cause}. Free some space or check the permissions, then try again."
    ),
    "pack.unknown_lesson": "There is no lesson {lesson} in this content pack.",
    "pack.unknown_question": "There is no question {question} in this content pack.",
    "pack.lesson_locked": "“{title}” is locked. Its outline is open; the text opens with an activation code.",
    # Roadmap: why a lesson stands there, and notes
    "roadmap.why_missing": "Missing",
    "roadmap.why_missing_one": "Missing, and one other skill builds on it",
    "roadmap.why_missing_many": "Missing, and {count} other skills build on it",
    "roadmap.why_unsettled": "Not settled yet: starts with one question",
    "roadmap.why_started": "You have started it",
    "roadmap.why_added": "You added it",
    "roadmap.why_goal": "Favored by your goal",
    "roadmap.why_team": "Worth more where others help in the business",
    "roadmap.why_moved": "You moved it here",
    "roadmap.why_after": "Easier after “{title}”",
    "roadmap.why_done": "You finished it",
    "roadmap.why_skipped": "You skipped it",
    "roadmap.why_due_for_review": "Finished over half a year ago; your answers no longer show it",
    "roadmap.note_no_pod": (
        "You chose no print on demand, so its missions are left out. Missions on delivery, returns and product safety "
        "stay for all physical goods, because the seller answers to the buyer."
    ),
    "roadmap.note_dropship": "Not taught here: finding suppliers of goods you did not design.",
    "roadmap.note_own_stock": "Not taught here: keeping stock and packing orders yourself.",
    "roadmap.note_digital": "Not taught here: handing over files to the buyer.",
}

"""The table of sentences, by id; placeholders in braces. By subject; ids are never reused for another meaning."""

SENTENCES: dict[str, str] = {
    # Reasons of a verdict
    "reason.act_ticked": "You can show: {text}.",
    "reason.act_not_ticked": "You did not tick: {text}.",
    "reason.act_not_sure": "You were not sure whether you could show: {text}.",
    "reason.act_taken_back": "Asked a second time, you left out: {text}.",
    "reason.act_ticked_after_all": "Asked a second time, you ticked: {text}.",
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
    "outlook.one_question": "One question would settle this with a chance of {percent} %: “{text}”",
    "outlook.several_questions": "It takes more than one question to settle this.",
    "outlook.rests_on_one": "This rests on one answer: without “{text}” it would be open.",
    "outlook.firm": "No single answer would change this.",
    # The gap analysis in words
    "gaps.strongest": "Strongest: {title}, {mastered} of {all} mastered.",
    "gaps.strongest_locked": "Strongest: {title}, {mastered} of {all} mastered, {locked} more locked.",
    "gaps.biggest": (
        "Biggest gap worth closing: {title} ({number}); closing it takes {time}, closing everything {all_time}."
    ),
    "gaps.all_closed": "There is no gap left to close.",
    # What a result says beside its verdicts
    "flag.over_claiming": (
        "Taken together, your answers sound surer than most turn out to be. The result allows for it: ticks count for "
        "less, and more stays unsettled. Two more minutes of questions make it firmer; when in doubt, leave a box "
        "empty."
    ),
    "flag.hurried": (
        "Several answers came sooner than their question can be read. The result allows for it: these count for less. "
        "If you only had a quick look, take the assessment again."
    ),
    "flag.contradictory": (
        "Some answers point in different directions. The result allows for it: all count for less, and more stays "
        "unsettled. Two more minutes of questions, or taking it again, clears that up."
    ),
    "held_out.ticked": (
        "To check ourselves we asked one thing and did not count it: “{text}”. We expected a tick with {percent} %; "
        "you ticked it."
    ),
    "held_out.not_ticked": (
        "To check ourselves we asked one thing and did not count it: “{text}”. We expected a tick with {percent} %; "
        "you did not tick it."
    ),
    "forecast.settles": (
        "Two more minutes would settle about {gain} more of the {open} open skills, in about {screens} questions."
    ),
    "forecast.settles_hardly": "Two more minutes would settle hardly anything more.",
    "forecast.all_settled": "Every skill is settled: two more minutes could only confirm it.",
    # Taking the assessment
    "assess.finished": "This assessment is finished; everything answered is saved.",
    "assess.unknown_option": "“{option}” is not among the options. Choose from: {options}.",
    "assess.minutes_positive": "An assessment needs more than 0 minutes. Give a positive number.",
    "assess.nothing_to_extend": "There is no finished assessment to go on with. Take one first: dijipilot assess.",
    "assess.choose_one": "Choose exactly one option, or answer not_sure.",
    "assess.stands_alone": "“{option}” stands alone: choose it without any other option.",
    "recheck.nothing_left": "There is nothing left that would be worth asking about now.",
    "recheck.nothing_left_about": "There is no question left about “{title}”.",
    "recheck.counts_from_now": (
        "Your gaps and your roadmap are up to date: they count these answers from now on. The result of the "
        "assessment stays as it was taken."
    ),
    "recheck.nothing_changed": "No verdict has changed: your answers fit what was known.",
    # Data on disk
    "storage.another_instance": (
        "Another DijiPilot Academy window or command is using this data ({home}). "
        "Nothing was changed. Close the other one, or wait for it, and try again."
    ),
    "storage.no_home": (
        "The folder for your data ({home}) cannot be used: {cause}. Nothing was changed. Check its permissions, "
        "or choose another folder with --home."
    ),
    "storage.disk_full": (
        "This could not be saved: the disk is full. What was saved before is safe. Free some space, then try again. "
        "Your data is in {home}."
    ),
    "storage.read_only": (
        "This could not be saved: {home} cannot be written to. What was saved before is safe. "
        "Check the permissions of that folder, then try again."
    ),
    "storage.could_not_save": (
        "This could not be saved: {cause}. What was saved before is safe. Free some space or check the "
        "permissions of {home}, then try again."
    ),
    "storage.could_not_read": (
        "Your progress could not be read: {cause}. Nothing was changed. Check that {home} is still connected, "
        "then start the app again."
    ),
    "storage.opened_for_reading": "A change was asked of data that was opened for reading only. Nothing was changed.",
    "storage.closed": "The data was asked for after it was closed. What was saved before is safe.",
    "storage.upgrade_failed": (
        "Your progress could not be brought to the present version ({cause}). Nothing was changed: the earlier version "
        "of the app still opens it. Tell support."
    ),
    "storage.no_such_assessment": "There is no assessment with the id {assessment}. Nothing was changed.",
    "storage.in_transaction": "A copy was asked for in the middle of a change. Nothing was copied or lost.",
    "storage.bad_profile": (
        "The profile file cannot be used: {problem}. Nothing was imported. Ask for the file once more."
    ),
    "storage.newer_records": (
        "The profile file was written by a newer version of DijiPilot Academy. Nothing was imported. "
        "Install the newer version and try again."
    ),
    "storage.half_transaction": "A change failed half-way and was undone whole. What was saved before is safe.",
    "storage.newer_database": (
        "Your progress was written by a newer version of DijiPilot Academy. It is shown, but this version "
        "changes nothing in it. Install the newer version to go on."
    ),
    "storage.found_damage": (
        "Your progress file is damaged ({cause}). Nothing was changed. Start the app again: it keeps the damaged file "
        "and brings back what can be saved."
    ),
    "storage.foreign_file": (
        "{path} was not written by DijiPilot Academy. It was left as it is. Move it elsewhere, or choose another "
        "folder with --home."
    ),
    "storage.damaged": "Your progress file was damaged ({cause}). The damaged file was kept as {kept}.",
    "storage.missing": "Your progress file was gone, though there are backups of it.",
    "storage.recovered_all": "All your work was brought back. You can go on.",
    "storage.recovered_with_backup": (
        "Your work up to {backup_at} was brought back from a backup, and {salvaged} later records from the damaged "
        "file. Something you did between {lost_from} and {lost_until} may be missing: have a look at your latest "
        "answers."
    ),
    "storage.recovered_backup_only": (
        "Your work up to {backup_at} was brought back from a backup. What you did between {lost_from} and "
        "{lost_until} is missing."
    ),
    "storage.recovered_salvage_only": (
        "{salvaged} records were brought back from the damaged file; there was no backup. Something you did up to "
        "{lost_until} may be missing."
    ),
    "storage.recovered_nothing": (
        "Nothing could be brought back and there was no backup, so the app begins anew. The damaged file may still be "
        "of use to support."
    ),
    "storage.backup_unusable": "The backup {path} cannot be used: {cause}. Nothing was changed. Choose another one.",
    "storage.name_taken": "There is already a profile named “{name}”. Choose another name.",
    "storage.name_empty": "A profile needs a name. Type one and try again.",
    "storage.no_such_profile": "There is no profile with the id {profile}. List the profiles and try again.",
    "storage.bad_record": (
        "Record {number} of “{table}” in the profile file cannot be used: {problem}. Nothing was imported. "
        "Ask for the file once more."
    ),
    # Curriculum sources
    "curriculum.no_folder": "{folder} holds no curriculum.yaml. Name the folder that does.",
    "curriculum.problems": "The curriculum has {count} problems. Correct them, then try again.\n{lines}",
    # Content packs
    "pack.not_shipped": (
        "This copy of DijiPilot Academy holds no content. Your progress is safe. Install the program again."
    ),
    "pack.not_found": "There is no content pack at {path}.",
    "pack.unreadable": "The content pack {path} cannot be read: {cause}. Check its permissions, then try again.",
    "pack.not_genuine": (
        "{path} was not made by the publisher of DijiPilot Academy, or was changed since. Your progress is safe and "
        "nothing was changed. Copy the pack again from where you got it."
    ),
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
    "pack.could_not_make": "The content pack could not be made. {lines}",
    "pack.unknown_lesson": "There is no lesson {lesson} in this content pack.",
    "pack.unknown_question": "There is no question {question} in this content pack.",
    "pack.older": (
        "{path} is older than the pack in use: it is number {serial} of {built} with keyring {keyring}, in use are "
        "{serial_in_use} and {keyring_in_use}. Nothing was changed. To go back to the pack before: dijipilot pack "
        "rollback."
    ),
    "pack.no_room": (
        "There is no room for the content pack: it takes {needed} MB, and {free} MB are free in {folder}. Nothing was "
        "changed. Free some space, then try again."
    ),
    "pack.in_use_already": "{path} holds the pack that is in use already. Nothing was changed.",
    "pack.none_added": "No content pack was added, so there is none to go back from. Nothing was changed.",
    "pack.lesson_locked": "“{title}” is locked. Its outline is open; the text opens with an activation code.",
    # Licenses. The code at the end is for support.
    "license.code_length": ("An activation code has 25 characters in five groups. You have typed {typed}. (L01)"),
    "license.code_character": (
        "“{character}” in group {group} cannot be part of a code. Codes use no I, L, O or U - did you mean {meant}? "
        "(L02)"
    ),
    "license.code_character_foreign": (
        "“{character}” in group {group} cannot be part of a code. Codes use digits and the letters A to Z without I, "
        "L, O and U. Please compare with your card. (L02)"
    ),
    "license.code_typo": (
        "One character looks mistyped: group {group}, maybe “{symbol}”. Please compare with your card. (L03)"
    ),
    "license.code_typo_somewhere": "Something is mistyped. Please compare with your card. (L03)",
    "license.code_newer": (
        "This license needs a newer version of the app. Your progress is safe; free lessons keep working. (L06)"
    ),
    "license.several_pasted": (
        "This text holds {count} different codes or licenses. Paste one of them alone. Nothing on this computer was "
        "changed."
    ),
    "license.text_too_long": (
        "This text is too long to look for a license in it. Paste the code or the license alone. Nothing on this "
        "computer was changed."
    ),
    "license.code_unknown": (
        "This code is written correctly, but this content pack does not know it. It may be newer than your pack of "
        "{built}. Add the license file (.djlicense) you received, or ask for a newer pack. (L04)"
    ),
    "license.not_genuine": (
        "This license file is damaged or was not issued for this app. Copy it again from the original USB stick or "
        "e-mail. Nothing on this computer was changed. (L05)"
    ),
    "license.newer_app": (
        "This license needs app version {version} or later. Your progress is safe; free lessons keep working. (L06)"
    ),
    "license.newer_format": (
        "This license needs a newer version of the app. Your progress is safe; free lessons keep working. (L06)"
    ),
    "license.published_later": (
        "Your license covers lessons published up to {through}. “{title}” was published on {published}. Everything you "
        "already unlocked stays open. (L07)"
    ),
    "license.trial_ended": (
        "Your {days}-day access ended on {ended}. Your notes, answers and certificates stay here and can be exported. "
        "(L08)"
    ),
    "license.clock_suspect": (
        "This computer’s clock says {now}, earlier than {seen}. Please correct the date; access continues for {starts} "
        "more starts meanwhile. (L09)"
    ),
    "license.clock_wrong": (
        "This computer’s clock says {now}, earlier than {seen}. Correct the date, and your lessons open again at "
        "once. Your progress is safe. (L09)"
    ),
    "license.retired": (
        "This code was withdrawn by the publisher and does not open lessons in the new pack. Lessons from your earlier "
        "pack remain open. Contact: {vendor}. License {license}. (L10)"
    ),
    "license.could_not_save": (
        "The code is correct, but it could not be saved: {cause}. Free some space and press Try again - you need not "
        "retype it. (L11)"
    ),
    "license.could_not_remove": (
        "The license could not be removed: {cause}. Nothing was changed. Check the permissions, then try again."
    ),
    "license.active_already": "This computer already has {edition}. Nothing needed to change. (L12)",
    "license.unlocked": (
        "{edition} unlocked: {masterclasses} masterclasses, {lessons} lessons. Works without internet on this "
        "computer. (L13)"
    ),
    "license.unlocked_one_masterclass": (
        "{edition} unlocked: 1 masterclass, {lessons} lessons. Works without internet on this computer. (L13)"
    ),
    "license.unlocked_one_lesson": ("{edition} unlocked: 1 lesson. Works without internet on this computer. (L13)"),
    "license.needs_code": (
        "This license file opens together with its activation code. Type the code from your card; the file is kept "
        "ready meanwhile. Nothing was changed yet."
    ),
    "license.file_not_found": "There is no license file at {file}. Check the name, then try again.",
    "license.file_unreadable": "The license file {file} cannot be read: {cause}. Nothing was changed.",
    "license.file_unwritable": (
        "{file} could not be written: {cause}. Free some space or choose another place, then try again."
    ),
    "license.clock_reset": (
        "What was remembered of a wrong clock is forgotten. Licenses that end go by this computer’s clock again. Your "
        "progress is safe."
    ),
    "license.opens_nothing_yet": (
        "{edition} is kept on this computer. The content pack in use has nothing that it opens; a newer one may. Your "
        "progress is safe."
    ),
    "license.kept_without_code": (
        "This license file opens together with its activation code alone, so it opens nothing where it lies. Add it "
        "with its code: dijipilot license add FILE."
    ),
    "license.code_in_arguments": (
        "An activation code does not belong into the command: everybody on this computer can see it in the list of "
        "processes. Nothing was changed. Type dijipilot license add, press Enter, then type the code."
    ),
    "license.one_file": "Name one license file, or none to type an activation code. Nothing was changed.",
    "license.nothing_given": (
        "No activation code was given. Type it, hand it over on standard input, or name a license file (.djlicense). "
        "Nothing was changed."
    ),
    "license.suggested_group": "If your card has it so, group {group} is {symbols}.",
    "license.not_corrected": "Nothing was changed. Type the code as your card has it: dijipilot license add.",
    "license.roster_unwritable": (
        "The name could not be noted in {file}: {cause}. The license is activated all the same. Note the name "
        "elsewhere."
    ),
    "license.roster_needs_file": (
        "A roster lies beside the license file, so it needs one: dijipilot license add FILE --roster NAME. Nothing was "
        "changed."
    ),
    "license.unknown": "There is no license {license} on this computer. List them: dijipilot license list.",
    # Roadmap: why a lesson stands there, and notes
    "roadmap.why_missing": "Missing",
    "roadmap.why_missing_one": "Missing, and one other skill builds on it",
    "roadmap.why_missing_many": "Missing, and {count} other skills build on it",
    "roadmap.why_unsettled": "Not settled yet: starts with one question",
    "roadmap.why_unsettled_alone": "Not settled yet",
    "roadmap.why_builds_one": "One other skill builds on it",
    "roadmap.why_builds_many": "{count} other skills build on it",
    "roadmap.why_started": "You have started it",
    "roadmap.why_added": "You added it",
    "roadmap.why_accepted": "You accepted it, so it stays",
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
    # Files in and out
    "export.could_not_write": "{file} could not be written: {cause}. Choose another place, or free some space.",
    "import.unreadable": "{file} cannot be read: {cause}.",
    "import.too_large": "{file} is larger than {megabytes} MB, which no file of ours is. Nothing was imported.",
    "import.no_json": "{file} cannot be read ({problem}). Nothing was imported. Ask for the file again.",
    "import.other_format": "{file} is not of the kind “{format}”. Nothing was imported. Choose another file.",
    "import.newer": (
        "{file} was written by a newer version of DijiPilot Academy. Nothing was imported. Install the newer version."
    ),
    "import.field_missing": "{file}: {field} is missing. Nothing was imported. Ask for the file again.",
    "import.field_wrong": "{file}: {field} must be {expected}. Nothing was imported. Ask for the file again.",
    # Roadmap: moving; what undo and redo name, after “Undo:” or “Redo:”
    "roadmap.moved": "“{title}” was moved.",
    "roadmap.move_not_on_it": "“{title}” is not on the roadmap. Nothing was moved.",
    "roadmap.move_needs": "“{title}” builds on “{other}”, so it cannot come before it. Nothing was moved.",
    "roadmap.move_is_needed": "“{other}” builds on “{title}”, so it cannot come before it. Nothing was moved.",
    "roadmap.move_stopped_needs": "“{title}” builds on “{other}”, so it stopped right after it.",
    "roadmap.move_stopped_is_needed": "“{other}” builds on “{title}”, so it stopped right before it.",
    "roadmap.does_not_apply": "“{title}” does not apply to your shop, as you described it.",
    "action.skipped": "skip “{title}”",
    "action.wanted": "put “{title}” back to do",
    "action.added": "add “{title}”",
    "action.moved": "move “{title}”",
    "action.accepted": "accept “{title}”",
    "action.claimed": "“I know this” for “{title}”",
    "action.not_for_my_shop": "“Not for my shop” for “{title}”",
    "action.for_my_shop": "bring back “{title}”",
    "action.step_ticked": "tick a step of “{title}”",
    "action.step_unticked": "untick a step of “{title}”",
    "action.box_ticked": "tick a box of “{title}”",
    "action.box_unticked": "untick a box of “{title}”",
    "action.done": "finish “{title}”",
    "action.done_together": "finish {count} lessons together",
    "action.reopened": "reopen “{title}”",
    "action.reopened_together": "reopen {count} lessons together",
    "action.bookmarked": "bookmark “{title}”",
    "action.bookmark_removed": "remove the bookmark of “{title}”",
    "action.highlighted": "highlight words of “{title}”",
    "action.highlight_removed": "remove a highlight of “{title}”",
    # Lessons, library, profiles, questions, data
    "learn.unknown_step": "The lesson {skill} has no step or box “{step}”.",
    "learn.unknown_part": "The lesson {skill} has no part “{part}”.",
    "learn.nothing_marked": "Select some words first, then highlight them.",
    "learn.too_much_marked": "A highlight holds up to {limit} characters. Select less.",
    "learn.unknown_option": "The question {question} has no option “{option}”.",
    "learn.in_preparation": "“{title}” is still being written, so there is nothing to tick yet.",
    "library.unknown_lesson": "There is no lesson {lesson}. Search for it by a word of its title.",
    "library.unknown_lesson_near": "There is no lesson {lesson}. Did you mean {near}?",
    "library.retired": "The lesson “{title}” is no longer part of the curriculum. What you did in it is kept.",
    "profile.unknown_fact": "There is no question {fact} about the business.",
    "profile.choose_one": "{fact} takes one answer.",
    "questions.screen_differs": "My screen looks different at step {number} ({step}).",
    "questions.empty": "The question is empty. Write a few words first.",
    "questions.too_long": "The question is longer than {limit} characters. Shorten it, or ask two.",
    "questions.unknown": "{file} holds no question {question}.",
    "data.erase_unconfirmed": "Nothing was erased. To erase everything for good, confirm with the word {word}.",
    # Command line
    "cli.no_profiles": "No assessment was taken yet. Take one first: dijipilot assess.",
    "cli.no_assessment": "{name} has taken no assessment yet. Take one first: dijipilot assess.",
    "cli.no_profile_used": "None of the profiles was used yet ({names}). Choose one with --profile NAME.",
    "cli.unknown_profile": "There is no profile named “{name}”. Known are: {names}.",
    "cli.no_such_assessment": "There is no assessment {assessment} of {name}. List them: dijipilot history.",
    "cli.no_such_backup": "There is no backup {backup}. List them: dijipilot data where.",
    "cli.no_backups": "There are no backups yet. Make one: dijipilot data backup.",
    "cli.no_question_text": "No question was given. Write it after the lesson, or on standard input.",
    "cli.line_too_long": 'This line is longer than {limit} bytes. Write an answer such as {{"answer": ["option"]}}.',
    "cli.line_no_json": 'This line is no JSON object in UTF-8. Write one such as {{"answer": ["option"]}}.',
    "cli.line_unknown": (
        'This line says nothing known. Write one of {{"answer": ["option"]}}, {{"answer": "not_sure"}}, '
        '{{"back": true}}, {{"stop": true}}.'
    ),
    "cli.line_first_question": "This is the first question: there is none before it.",
}

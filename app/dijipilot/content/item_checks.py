"""Checks what is asked in the assessment: budgets of words, fair options, evidence that was earned."""

from collections.abc import Iterator

from dijipilot.content.loader import Sources, parent_number
from dijipilot.content.nodes import Located, Problem
from dijipilot.content.wording import are_lengths_alike, count_words, folded_words
from dijipilot.domain.assessment.items import Act, Foil, Item, ItemKind
from dijipilot.domain.ids import MissionNumber, ProgramNumber, SkillId

ACT_WORDS = 7
ITEM_WORDS = {ItemKind.SITUATION: 45, ItemKind.SCENARIO: 80, ItemKind.FOLLOW_UP: 30}
LEAST_FOILS = 10

_ADDED_BY_THE_APP = ("not sure", "i am not sure", "i'm not sure", "all of the above", "none of the above")


def item_problems(sources: Sources) -> Iterator[Problem]:
    """Yield what is wrong with acts, foils and items."""
    mission_by_skill = _mission_by_skill(sources)
    checked_options = {
        (item.value.follows, option) for item in sources.items if item.value.follows for option in item.value.after
    }
    for item in sources.items:
        yield from _words(item)
        # What is missing or of the wrong shape was told when it was read, and is not told again as empty.
        if item.is_whole:
            yield from _options(item)
            if item.value.kind is ItemKind.FOLLOW_UP:
                yield from _follow_up(item)
            else:
                yield from _evidence(item, {option for parent, option in checked_options if parent == item.value.id})
    yield from _acts_and_foils(sources, mission_by_skill)


def belonging_problems(sources: Sources) -> Iterator[Problem]:
    """Yield items and foils that belong nowhere, or to more than one program: nothing could be computed with them."""
    mission_by_skill = _mission_by_skill(sources)
    for item in sources.items:
        if item.value.kind is not ItemKind.FOLLOW_UP:
            yield from _skills(item, mission_by_skill)
    for foil in sources.foils:
        if foil.is_whole and not foil.value.programs:
            yield foil.problem("programs is empty. Name the programs it fits.", "programs")


def _mission_by_skill(sources: Sources) -> dict[SkillId, MissionNumber]:
    return {
        lesson.skill: mission.value.mission.number
        for mission in sources.missions
        for lesson in mission.value.mission.lessons
    }


def _words(item: Located[Item]) -> Iterator[Problem]:
    words = count_words(item.value.prompt) + sum(count_words(option.text) for option in item.value.options)
    most = ITEM_WORDS[item.value.kind]
    if words > most and item.is_whole:
        kind = item.value.kind.value.replace("_", "-")
        yield item.problem(
            f"prompt and options have {words} words; a {kind} has {most} at most. Shorten them.", "prompt"
        )
    if item.value.think_seconds and item.value.kind is not ItemKind.SCENARIO:
        yield item.problem("think_seconds is for scenarios alone. Remove it.", "think_seconds")


def _options(item: Located[Item]) -> Iterator[Problem]:
    options = item.value.options
    if not 3 <= len(options) <= 5:
        yield item.problem(f"there are {len(options)} options, and must be 3 to 5.", "options")
    if not are_lengths_alike([option.text for option in options]):
        yield item.problem("the shortest option has less than two thirds of the longest. Even them out.", "options")
    for position, option in enumerate(options):
        if option.text.casefold().rstrip(".").startswith(_ADDED_BY_THE_APP):
            what = f'option {option.id}: "{option.text}" is not for authors; the app adds "Not sure". Remove it.'
            yield item.problem(what, "options", position, "text")


def _follow_up(item: Located[Item]) -> Iterator[Problem]:
    keeping = sum(1 for option in item.value.options if option.keeps)
    if keeping != 1:
        yield item.problem(f"{keeping} follow-up options keep the claim, and exactly one must.", "options")
    if not item.value.after:
        yield item.problem("after is empty. Name the options whose claim is checked.", "after")


def _skills(item: Located[Item], mission_by_skill: dict[SkillId, MissionNumber]) -> Iterator[Problem]:
    skills = item.value.skills
    if not 1 <= len(skills) <= 4 and item.is_whole:
        yield item.problem(f"skills names {len(skills)} skills, and must name 1 to 4.", "skills")
    programs = sorted({parent_number(mission_by_skill[skill]) for skill in skills if skill in mission_by_skill})
    if len(programs) > 1:
        what = f"its skills belong to programs {' and '.join(programs)}. Keep those of one program."
        yield item.problem(what, "skills")
    home = mission_by_skill.get(skills[0], item.value.mission) if skills else item.value.mission
    if home != item.value.mission:
        yield item.problem(f'its main skill "{skills[0]}" is taught in mission {home}. Move the item there.', "skills")


def _evidence(item: Located[Item], checked: set[str]) -> Iterator[Problem]:
    spoken_of: set[SkillId] = set()
    for position, option in enumerate(item.value.options):
        for skill, strength in option.evidence.items():
            spoken_of.add(skill)
            if strength == 0:
                what = f'option {option.id}: evidence 0 of "{skill}" says nothing. Leave it out.'
                yield item.problem(what, "options", position, "evidence", skill)
            if strength == 2 and item.value.kind is ItemKind.SITUATION and option.id not in checked:
                what = f'option {option.id}: +2 for "{skill}" is a mere claim. Give +1, or name it in follow_up.after.'
                yield item.problem(what, "options", position, "evidence", skill)
    for position, skill in enumerate(item.value.skills):
        if skill not in spoken_of:
            yield item.problem(f'no option says anything of "{skill}". Add evidence, or remove it.', "skills", position)


def _acts_and_foils(sources: Sources, mission_by_skill: dict[SkillId, MissionNumber]) -> Iterator[Problem]:
    first: dict[tuple[str, tuple[str, ...]], Located[Act] | Located[Foil]] = {}
    for act in sources.acts:
        program = ProgramNumber(parent_number(mission_by_skill.get(act.value.skill, "")))
        yield from _short_and_alone(act, act.value.text, (program,), first)
    for foil in sources.foils:
        yield from _short_and_alone(foil, foil.value.text, foil.value.programs, first)
    if sources.header and not sources.unread and len(sources.foils) < LEAST_FOILS:
        what = f"there are {len(sources.foils)} foils, and must be {LEAST_FOILS} or more. Add some to foils.yaml."
        yield sources.header.problem(what)


def _short_and_alone(
    found: Located[Act] | Located[Foil],
    text: str,
    programs: tuple[ProgramNumber, ...],
    first: dict[tuple[str, tuple[str, ...]], Located[Act] | Located[Foil]],
) -> Iterator[Problem]:
    """Acts are read by the second, and on one checklist no two may say the same."""
    words = count_words(text)
    if words > ACT_WORDS:
        yield found.problem(f'"{text}" has {words} words, and must have {ACT_WORDS} at most. Shorten it.', "text")
    for program in programs:
        other = first.setdefault((program, folded_words(text)), found)
        if other is not found and text:
            what = f'"{text}" says the same as {other.value.id}, of the same program. Reword one.'
            yield found.problem(what, "text")

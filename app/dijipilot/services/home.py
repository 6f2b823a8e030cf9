"""Home: what to continue, what is next and why, what fits into the time there is, and how far one is."""

import math
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from dijipilot.content.pack import Pack
from dijipilot.domain.assessment.responses import Assessment, latest_by_screen
from dijipilot.domain.events import LessonEvent, retracted_ids
from dijipilot.domain.gaps import GapAnalysis
from dijipilot.domain.home_view import (
    HomeView,
    ProgressView,
    ResumeView,
    SlotPartView,
    SlotView,
    StageView,
    UpcomingView,
)
from dijipilot.domain.ids import ProfileId, SkillId
from dijipilot.domain.progress import LessonProgress, lesson_progress
from dijipilot.domain.records import Profile
from dijipilot.domain.roadmap import Roadmap, RoadmapItem, Status, tally_of
from dijipilot.domain.study_pace import StudyPace, study_pace
from dijipilot.domain.time_slot import Studiable, fit_into
from dijipilot.services.assess import Assess
from dijipilot.services.learn import Learn, ResumePlace
from dijipilot.services.plan import Plan
from dijipilot.services.standing import Standings
from dijipilot.storage import answers, settings
from dijipilot.storage import progress as progress_records
from dijipilot.storage.database import Database

SLOT_MINUTES = (10, 25, 45, 90)
"""The lengths of free time one can ask about."""

USUAL_MINUTES = 25
MINUTES_SETTING = "home.minutes"
"""Key of the profile's setting that holds the free time last asked about, in minutes."""

UPCOMING = 9
LOOKED_AT = 12
"""So many lessons ahead are looked at for what fits: nobody is sent far down the roadmap to fill five minutes."""

LATELY = timedelta(days=7)


class Home:
    """Puts together what Home shows."""

    def __init__(
        self,
        database: Database,
        pack: Pack,
        standings: Standings,
        assess: Assess,
        plan: Plan,
        learn: Learn,
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._pack = pack
        self._standings = standings
        self._assess = assess
        self._plan = plan
        self._learn = learn
        self._clock = clock

    def view(self, profile: Profile) -> HomeView:
        """Return everything Home shows to this learner now."""
        with self._database.reading():
            return self._view(profile)

    def choose_minutes(self, profile: ProfileId, minutes: int) -> None:
        """Remember how much free time was asked about last."""
        if minutes != self._minutes(profile):
            settings.set_setting(self._database, MINUTES_SETTING, str(minutes), profile)

    def _view(self, profile: Profile) -> HomeView:
        curriculum, identity = self._pack.curriculum, profile.id
        assessments = answers.assessments_of(self._database, identity)
        events = self._events(identity)
        progress = lesson_progress(events, frozenset())
        paused = self._paused_screens(assessments)
        # Of a first assessment half done nothing is said yet: it waits to be finished.
        is_first = paused is not None and all(each.finished_at is None for each in assessments)
        is_known = self._standings.current(identity).has_evidence and not is_first
        roadmap = self._plan.roadmap(identity) if is_known else None
        resume = self._learn.resume(identity, roadmap) if roadmap else None
        pace = study_pace(events, {lesson.skill: lesson.minutes for lesson in curriculum.lessons})
        return HomeView(
            name=profile.name,
            days_away=self._days_away(identity, assessments, events),
            skills=len(curriculum.skills),
            programs=len(curriculum.programs),
            lessons=len(curriculum.lessons),
            paused_screens=paused,
            progress=self._progress(identity, roadmap, progress, assessments) if roadmap else None,
            resume=_resume_view(resume, roadmap) if resume and roadmap else None,
            upcoming=_upcoming(roadmap, resume) if roadmap else (),
            minutes=self._minutes(identity),
            slots=self._slots(roadmap, resume, progress, pace) if roadmap else (),
            measured_lessons=pace.lessons,
        )

    def _minutes(self, profile: ProfileId) -> int:
        kept = settings.get_setting(self._database, MINUTES_SETTING, profile) or ""
        return int(kept) if kept in {str(each) for each in SLOT_MINUTES} else USUAL_MINUTES

    def _events(self, profile: ProfileId) -> list[LessonEvent]:
        """Return what happened in lessons and counts."""
        retracted = retracted_ids(progress_records.retractions(self._database, profile))
        events = progress_records.lesson_events(self._database, profile)
        return [event for event in events if event.id not in retracted]

    def _days_away(self, profile: ProfileId, assessments: list[Assessment], events: list[LessonEvent]) -> int:
        moments = [event.at for event in events[-1:]]
        if assessments:
            moments += [answer.at for answer in answers.answers_of(self._database, assessments[-1].id)[-1:]]
        moments += [answer.at for answer in answers.answers_outside(self._database, profile)[-1:]]
        return max(0, (self._clock() - max(moments)).days) if moments else 0

    def _paused_screens(self, assessments: list[Assessment]) -> int | None:
        unfinished = [each for each in assessments if each.finished_at is None]
        if not unfinished:
            return None
        return len(latest_by_screen(answers.answers_of(self._database, unfinished[-1].id)))

    def _progress(
        self,
        profile: ProfileId,
        roadmap: Roadmap,
        progress: Mapping[SkillId, LessonProgress],
        assessments: list[Assessment],
    ) -> ProgressView:
        since = self._clock() - LATELY
        minutes_by_skill = {lesson.skill: lesson.minutes for lesson in self._pack.curriculum.lessons}
        closed = [each.skill for each in progress.values() if each.done_at is not None and each.done_at >= since]
        finished = [each.finished_at for each in assessments if each.finished_at is not None]
        tally = tally_of(item for item in roadmap.items if item.status is not Status.SKIPPED)
        return ProgressView(
            stages=_stages(self._plan.gaps(profile)),
            closed_lessons=len(closed),
            closed_minutes=sum(minutes_by_skill.get(skill, 0) for skill in closed),
            lessons_done=tally.done,
            lessons_planned=tally.count,
            lessons_locked=tally.locked,
            minutes_ahead=roadmap.minutes_ahead,
            weeks_low=roadmap.pace.weeks_low if roadmap.pace else 0,
            weeks_high=roadmap.pace.weeks_high if roadmap.pace else 0,
            assessed_on=f"{finished[-1].astimezone():%Y-%m-%d}" if finished else "",
            is_recheck_due=self._assess.is_recheck_due(profile),
        )

    def _slots(
        self,
        roadmap: Roadmap,
        resume: ResumePlace | None,
        progress: Mapping[SkillId, LessonProgress],
        pace: StudyPace,
    ) -> tuple[SlotView, ...]:
        """Return what fits into each length of time; the lesson to continue stands first."""
        ahead = [item for item in roadmap.items if item.status.is_ahead]
        readable = [item for item in ahead if not item.locked and not item.is_in_preparation]
        readable.sort(key=lambda item: resume is None or item.skill != resume.skill)
        not_done = {item.skill for item in roadmap.items if item.status is not Status.DONE}
        lessons = [self._studiable(item, not_done, progress) for item in readable[:LOOKED_AT]]
        title_by_skill = {item.skill: item.title for item in readable}
        return tuple(
            SlotView(
                minutes,
                tuple(
                    SlotPartView(
                        part.skill, title_by_skill[part.skill], part.steps, part.low_minutes, part.high_minutes
                    )
                    for part in fit_into(lessons, minutes, pace)
                ),
            )
            for minutes in SLOT_MINUTES
        )

    def _studiable(
        self, item: RoadmapItem, not_done: set[SkillId], progress: Mapping[SkillId, LessonProgress]
    ) -> Studiable:
        text = self._pack.lesson_text(item.skill)
        steps = {step.id for step in text.steps} if text else set()
        done = progress[item.skill].ticked_steps & steps if item.skill in progress else frozenset()
        before = self._pack.curriculum.lesson_by_skill[item.skill].prerequisites
        needs = set() if item.ready else not_done.intersection(before)
        return Studiable(item.skill, item.minutes, len(steps), len(done), frozenset(needs))


def _resume_view(resume: ResumePlace, roadmap: Roadmap) -> ResumeView:
    item = roadmap.item(resume.skill)
    parts = resume.steps + 1
    left = math.ceil(resume.minutes * (parts - resume.steps_done) / parts)
    return ResumeView(
        skill=resume.skill,
        number=resume.number,
        title=resume.title,
        has_begun=item is not None and item.status is Status.IN_PROGRESS,
        steps_done=resume.steps_done,
        steps=resume.steps,
        minutes_left=left,
        why=item.why if item else (),
        is_locked=item is not None and item.locked,
    )


def _upcoming(roadmap: Roadmap, resume: ResumePlace | None) -> tuple[UpcomingView, ...]:
    """Return the next lessons in order of the roadmap: those that can be read, then those locked or in preparation."""
    ahead = [item for item in roadmap.items if item.status.is_ahead and (resume is None or item.skill != resume.skill)]
    ahead.sort(key=lambda item: (item.is_in_preparation, item.locked))
    return tuple(
        UpcomingView(
            skill=item.skill,
            number=item.lesson,
            title=item.title,
            minutes=item.minutes,
            is_locked=item.locked,
            is_in_preparation=item.is_in_preparation,
            why=item.why,
        )
        for item in ahead[:UPCOMING]
    )


def _stages(gaps: GapAnalysis) -> tuple[StageView, ...]:
    counts = ((stage.title, stage.counts.counted, stage.counts.locked_gaps) for stage in gaps.stages)
    return tuple(
        StageView(title, each.mastered, each.missing, each.unsettled, each.not_applicable, locked)
        for title, each, locked in counts
    )

"""Our error tree.

AcademyError
    UserProblem            the learner, or whoever typed the command, can put it right
        UsageProblem           a wrong argument or name                                    exit code 2
        BadInput               a file or line given to us cannot be used                   exit code 3
        NotEntitled            a code or license that opens nothing here                   exit code 4
        LessonLocked           the text needs a key that is not here                       exit code 4
        CouldNotSave           disk full, read-only, no permission                         exit code 5
        AnotherInstanceWrites  a window or command holds the lock                          exit code 6
    DamagedContent         our own files do not hold what they must                        exit code 3
        DatabaseDamaged
        PackDamaged
        NewerDatabase          written by a later version of the app; readable, not writable
    OurDefect              a bug                                                           exit code 1

Every error carries a Message: an id and the values of its placeholders. The sentence stands in messages.py.
"""

from dijipilot.messages import Message


class AcademyError(Exception):
    """Root of all errors of ours."""

    exit_code = 1

    def __init__(self, message: Message) -> None:
        super().__init__(message.english())
        self.message = message


class UserProblem(AcademyError):
    """Something the learner can put right."""

    exit_code = 2


class UsageProblem(UserProblem):
    """A wrong argument or a name we do not know."""


class BadInput(UserProblem):
    """A file or line given to us that cannot be used."""

    exit_code = 3


class NotEntitled(UserProblem):
    """A code or license is in order and opens nothing here."""

    exit_code = 4


class LessonLocked(UserProblem):
    """The text of a lesson needs a key that is not here."""

    exit_code = 4


class CouldNotSave(UserProblem):
    """The disk did not take what was to be saved."""

    exit_code = 5


class AnotherInstanceWrites(UserProblem):
    """Another window or command holds the lock on the learner's data."""

    exit_code = 6


class DamagedContent(AcademyError):
    """Files of ours that do not hold what they must."""

    exit_code = 3


class DatabaseDamaged(DamagedContent):
    """The learner's database cannot be read as it should."""


class PackDamaged(DamagedContent):
    """The content pack cannot be read as it should."""


class NewerDatabase(DamagedContent):
    """A change was asked of a database that a later version of the app has written."""


class OurDefect(AcademyError):
    """A bug of ours."""

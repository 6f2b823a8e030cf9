"""Translates the messages that services and errors carry."""

from PySide6.QtCore import QCoreApplication

from dijipilot.errors import AcademyError
from dijipilot.message_texts import SENTENCES
from dijipilot.messages import Message

_CONTEXT = "messages"


def text_of(message: Message) -> str:
    """Return the sentence of a message in the language of the window."""
    return QCoreApplication.translate(_CONTEXT, SENTENCES[message.id]).format(**message.values)


def text_of_error(error: Exception) -> str:
    """Return what to tell of an error: its own sentence, or what is true of any defect."""
    if isinstance(error, AcademyError):
        return text_of(error.message)
    return QCoreApplication.translate(
        _CONTEXT,
        "Something went wrong inside the app. What was saved before is safe. Try again; if it happens again, "
        "send the details to support.",
    )

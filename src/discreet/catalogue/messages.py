"""Whether a text is what somebody wrote to somebody: that is told by what stands beside it.

Everything has a ``text``, a ``content`` or a ``body``: a page, an answer, a log entry. A message has somebody it comes
from, and mostly a conversation it belongs to. What is written for many has a subject, a title or a template.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from discreet.catalogue.names import surely
from discreet.catalogue.words import split_name

_SAID: Final = frozenset({
    "text", "content", "body", "message", "msg", "textbody", "textcontent", "messagetext", "messagebody",
    "messagecontent", "msgtext", "msgcontent", "usermessage", "reply", "replytext", "aireply", "airesponse", "botreply",
    "botresponse", "transcript",
})  # fmt: skip
_WRITER: Final = frozenset({
    "sender", "sendername", "sendertype", "senderrole", "sendernick", "sendernickname", "senderphone", "fromuser",
    "fromusername", "fromuserid", "fromnickname", "fromnumber", "fromphone", "fromme", "isfromme", "isselfsent",
    "pushname", "waid",
})  # fmt: skip
"""What only who wrote a message is called."""
_SOMEBODY: Final = frozenset({
    "senderid", "userid", "username", "usernickname", "nickname", "contactid", "contactname", "customerid",
    "customername", "customerphone", "clientphone", "userphone", "phone", "phonenumber", "visitorid", "patientid",
    "memberid", "role", "direction",
})  # fmt: skip
"""What whoever wrote it may be called, where it belongs to a conversation or is for somebody."""
_PLACE: Final = frozenset({
    "chat", "chatid", "conversation", "conversationid", "dialog", "dialogid", "recipientid", "receiverid", "receiver",
})  # fmt: skip
_INSIDE: Final = frozenset({("text", "body"), ("text", "content"), ("alternatives", "transcript")})
"""Where a message as WhatsApp (body) and DingTalk (content) send it has what was written, and where what a recogniser
heard stands in the answers of Google, Amazon and Deepgram.
"""
_THREADS: Final = frozenset({"messages", "chatmessages", "conversationmessages", "mensajes", "mensagens"})
"""What a program calls all that was written in a conversation, in the order it was."""
_MESSAGES: Final = frozenset({
    "message", "msg", "chatmessage", "usermessage", "incomingmessage", "lastmessage", "mensaje", "mensagem"
})  # fmt: skip
"""And one of them."""
_OTHERWISE: Final = frozenset({
    "subject", "title", "slug", "template", "templateid", "recipients", "recipientlist", "instance", "signal", "level",
    "severity", "errorcode", "statuscode", "headers", "exception", "traceback", "kwargs", "tool", "toolname",
})  # fmt: skip
"""Beside which a text is a mail's to many, a page, an entry of a log or an answer of a program."""

_SLOTS: Final = frozenset({
    "role", "persona", "sender", "sendertype", "senderrole", "direction", "messagetype", "messagerole", "msgtype",
    "msgrole", "author", "authortype", "authorrole", "speaker", "type", "kind", "origin", "turn",
})  # fmt: skip
"""Under what names a program keeps who of the two wrote a message."""
_PEOPLE: Final = frozenset({
    "user", "human", "customer", "client", "patient", "guest", "visitor", "candidate", "applicant", "contact", "caller",
    "buyer", "member", "student", "lead", "inbound", "incoming", "received", "in",
})  # fmt: skip
"""What it calls whoever is no program, or the way that his messages take."""
_PROGRAMS: Final = frozenset({
    "assistant", "bot", "system", "ai", "agent", "model", "tool", "function", "developer", "outbound", "outgoing",
    "sent", "out", "llm", "chatbot", "automated",
})  # fmt: skip
_KNOWN: Final = frozenset({"user_id", "phone", "email", "username", "name"})
"""Categories of what tells whose conversation it is."""


@lru_cache(maxsize=1 << 14)
def _plain(name: str) -> str:
    return "".join(split_name(name))


def may_be_said(name: str) -> bool:
    """Whether a name may be what somebody wrote, where the right names stand beside it."""
    return _plain(name) in _SAID


def is_of_a_message(name: str) -> bool:
    """Whether a name is one of those beside which a text may be somebody's."""
    plain = _plain(name)
    return plain in _WRITER or plain in _PLACE


def may_be_of_a_writer(name: str) -> bool:
    """Whether a name is that of whoever wrote a message, or a program's as well: ``sender_name``."""
    return _plain(name) in _WRITER


def is_beside_a_message(row: Iterable[str]) -> bool:
    """Whether what somebody wrote stands in a row with such names, and says by them that it is a message."""
    names = tuple(row)
    return any(map(may_be_said, names)) and is_written(names)


def is_inside_a_message(name: str, around: tuple[str, ...]) -> bool:
    """Whether a name is read where a messenger's update has what was written: ``message["text"]["body"]``.

    ``around`` are the names to its left, outermost first.
    """
    return len(around) > 1 and (around[-1], name) in _INSIDE


def are_written(name: str) -> bool:
    """Whether a name is that of a conversation, whose pieces are what somebody wrote if it is somebody's."""
    return _plain(name) in _THREADS


def is_message(name: str) -> bool:
    """Whether a name is that of one message, of which a piece is what somebody wrote if it is somebody's."""
    return _plain(name) in _MESSAGES


def is_somebodys(row: Iterable[str]) -> bool:
    """Whether a conversation, or a message, that such names are read of is somebody's: ``state["user_id"]``."""
    told = {_plain(name): name for name in row}
    if not _OTHERWISE.isdisjoint(told):
        return False
    return any(_is_somebodys(name) for plain, name in told.items() if plain not in _PLACE)


def is_written(row: Iterable[str]) -> bool:
    """Whether names that stand in a row are those of a message that somebody wrote."""
    plain = {_plain(name) for name in row}
    if not plain.isdisjoint(_OTHERWISE):
        return False
    return not plain.isdisjoint(_WRITER) or not (plain.isdisjoint(_PLACE) or plain.isdisjoint(_SOMEBODY))


def speaker(word: str) -> bool:
    """Whether a word, in small letters or not, is what a program calls the one who wrote a message, or itself."""
    lower = word.lower()
    return lower in _PEOPLE or lower in _PROGRAMS


def is_kept_as_said(row: Iterable[tuple[str, str]]) -> bool:
    """Whether a row that a program keeps is a message of somebody. Each name comes with the word that is kept under it,
    or an empty one: that tells who wrote it.
    """
    entries = list(row)
    names = [name for name, _ in entries]
    words = {word.lower() for name, word in entries if word and _plain(name) in _SLOTS}
    if not words.isdisjoint(_PROGRAMS):
        return False
    if is_written(names):
        return True
    if words.isdisjoint(_PEOPLE) or not {_plain(name) for name in names}.isdisjoint(_OTHERWISE):
        return False
    return any(_is_somebodys(name) for name in names)


@lru_cache(maxsize=1 << 14)
def _is_somebodys(name: str) -> bool:
    """Whether a name beside a message tells whose conversation it is: ``applicant_id``, ``phone_number``."""
    plain, guess = _plain(name), surely(name)
    if plain in _PLACE or (plain in _SOMEBODY and plain not in _SLOTS):
        return True
    return guess is not None and guess.category in _KNOWN

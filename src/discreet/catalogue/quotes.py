"""Quotes: whether a text says of what it shows that somebody wrote or said it: ``Customer: {message}``.

Whoever asks a model about what a customer wrote tells it so, and who writes a line for the log does, too. Only words
for whoever says something, and for what is said, may stand there: ``Message to the customer`` is a program's own.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from discreet.catalogue.words import split_name

SAID: Final = "user_message_text"
"""The name that what somebody wrote goes by, wherever the same value stands."""
_NAMES: Final = frozenset({
    "text", "content", "body", "message", "msg", "reply", "messagetext", "question", "utterance", "transcript",
    "usermessage", "userinput", "usertext", "userquestion", "texto", "mensagem", "mensaje", "pergunta", "pregunta",
    "resposta", "respuesta", "nachricht", "frage", "messaggio", "domanda", "rawtext", "inputtext",
})  # fmt: skip
"""What a variable is called that may hold it."""
_SPOKEN: Final = frozenset({
    "message", "msg", "question", "utterance", "usermessage", "mensagem", "mensaje", "pergunta", "pregunta",
    "nachricht", "frage", "messaggio", "domanda",
})  # fmt: skip
"""What of these says itself that it was said, where a text says by whom."""
_HEARD: Final = frozenset({"transcript", "utterance", "transcription"})
"""What only a recogniser of speech gives: beside a mere user, too, it is what he said."""
_LAST: Final = frozenset({"text", "transcript", "utterance", "transcription", "speech", "message", "msg"})
"""Last words of what a variable is called that may hold it, in any state: ``final_text``."""
_SOMEBODY: Final = frozenset({
    "customer", "patient", "applicant", "candidate", "guest", "visitor", "caller", "buyer", "lead", "student",
    "resident", "citizen", "cliente", "paciente", "candidato", "hóspede", "huésped", "kunde", "kunden",
    "patienten", "klient", "paziente", "клиент", "клиента", "пациент", "пациента",
})  # fmt: skip
_USER: Final = frozenset({"user", "usuário", "usuario", "nutzer", "nutzers", "utente", "пользователя"})
"""Who sits before any program: that he is named says only together with the rest that he wrote something."""
_SPEECH: Final = frozenset({
    "message", "messages", "said", "says", "wrote", "writes", "asked", "asks", "utterance", "mensagem", "mensaje",
    "resposta", "respuesta", "nachricht", "messaggio", "сообщение", "вопрос",
})  # fmt: skip
_ASKED: Final = frozenset({"question", "pergunta", "pregunta", "frage", "domanda"})
"""What only somebody who is no mere user of a program asks: any program has users' questions in its prompts."""
_BETWEEN: Final = frozenset({
    "the", "a", "this", "sent", "following", "of", "from", "by", "s", "new", "last", "latest", "current", "incoming",
    "raw", "original", "do", "da", "del", "de", "la", "el", "o", "os", "vom", "von", "des", "der", "dal", "от",
})  # fmt: skip
_WORD: Final = r"[^\W\d_]+(?:['’]s)?"
_BEFORE: Final = r"(?:^|[^\w\s,;:'’\"`«“<(/&+=%@$])"
"""What a label begins behind: the end of a sentence, a bracket, a sign of whatever kind."""
_LABEL: Final = re.compile(rf"{_BEFORE}\s*(?P<words>{_WORD}(?: {_WORD})*)\s?:\s?['\"`«“<]{{0,3}}\Z")
_TYPED: Final = frozenset({
    "query", "answer", "answers", "reply", "comment", "comments", "request", "complaint", "inquiry",
    "feedback", "questions", "utterances", "speech", "consulta", "queja", "reclamo", "anfrage", "antwort",
    "eingabe",
})  # fmt: skip
"""What a variable is called that holds what somebody typed in or said, if he is named who did."""
_WRITTEN: Final = frozenset({"msg", "input"})
"""What of it a mere user is said to write, too: what he asks, any program has in its prompts."""
_STATE: Final = frozenset({"text", "full", "clean", "cleaned", "final", "body", "content", "en"})
"""What else may be said of it."""
MAX_WORDS: Final = 6


@lru_cache(maxsize=1 << 14)
def is_said(name: str) -> bool:
    """Whether a name says by itself who wrote or said what it stands for: ``customer_message``, ``patient_question``.

    A text about somebody (``customer_text``) is as often the program's.
    """
    words = [word for word in split_name(name) if word not in _BETWEEN and word not in _STATE]
    if not 1 < len(words) <= MAX_WORDS or any(word in ("to", "for", "sent") for word in split_name(name)):
        return False
    whose, users = _SOMEBODY.intersection(words), _USER.intersection(words)
    speech = {word for word in words if word in _SPEECH or word in _HEARD or word in _WRITTEN}
    typed = {word for word in words if word in _ASKED or word in _TYPED}
    if len(whose) + len(users) + len(speech) + len(typed) < len(set(words)):
        return False
    return bool((whose and (speech or typed)) or (users and speech))


@lru_cache(maxsize=1 << 12)
def may_be_quoted(name: str) -> bool:
    """Whether a variable may hold what somebody wrote, by its name."""
    words = split_name(name)
    return "".join(words) in _NAMES or (bool(words) and words[-1] in _LAST)


def is_quoted(name: str, before: str) -> bool:
    """Whether a text says right before a variable of such a name that what it holds is somebody's words."""
    found = _LABEL.search(before)
    words = re.findall(r"[^\W\d_]+", found["words"].lower()) if found is not None else []
    if not words or len(words) > MAX_WORDS or words[-1] == "sent":  # what a program sends
        return False
    told = [word for word in words if word not in _BETWEEN]
    whose = _SOMEBODY.intersection(told)
    speech = _SPEECH.intersection(told) or (whose and _ASKED.intersection(told))
    if not all(word in _SOMEBODY or word in _USER or word in _SPEECH or word in _ASKED for word in told):
        return False
    user = not _USER.isdisjoint(told)
    if speech:
        return bool(whose) or user
    called = split_name(name)
    if not _HEARD.isdisjoint(called[-1:]):
        return bool(whose) or user
    return bool(whose) and "".join(called) in _SPOKEN

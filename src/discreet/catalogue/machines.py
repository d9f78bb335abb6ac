"""Machines: whether a log-in is one that a program signs in with, to another machine, a database or a service.

A ``username`` beside a ``host`` and a ``port`` is no person's, nor is that of an ``SSHClient``: it is an account that
somebody set up for the program, and who it belongs to stands nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from discreet.catalogue.names import Guess, judge
from discreet.catalogue.owners import kind_of, owner_of, phrase
from discreet.catalogue.vocabulary import Vocabulary, vocabulary

_ENOUGH: Final = 3
"""A sign of a connection weighs two; one that may be something else, one; the other half of a log-in, one."""
_AT_A_MACHINE: Final = frozenset({"path", "dir", "directory", "folder", "port", "server", "hostname"})
"""What a machine has under its own name, as an account: ``backup_port``, beside ``backup_user``."""
_OF_MACHINES: Final = ("host", "server")
"""How a name ends that is written in one word, of where a program connects to: ``gerritserver``."""


def is_used_at_a_machine(name: str, guess: Guess, context: tuple[str, ...], function: str, owner: str) -> bool:
    """Whether a log-in is used by what is called after a machine that a program signs in to: ``SSHClient``.

    Args:
        name: The name.
        guess: What it says.
        context: The names to its left.
        function: The function it is read in.
        owner: The class that this is a method of, or that has the name as a field.
    """
    known = vocabulary()
    if guess.category not in known.machines_too or tells_whose(name, known):
        return False
    words = [word for each in (function, owner) for word in phrase(each, known)]
    if known.remote.isdisjoint(words) or any(kind_of(word, known) == "person" for word in words):
        return False
    return owner_of(context, known).kind not in ("person", "maybe")


def is_of_a_machine(names: tuple[str, ...], guess: Guess) -> bool:
    """Whether a log-in is a machine's by what it was called before it came into a variable or under a key:
    ``smtp_user``, the ``user`` of a ``system_user``.
    """
    known = vocabulary()
    if guess.category not in known.machines_too:
        return False
    own, around = phrase(names[-1], known), phrase(names[-2], known) if len(names) > 1 else []
    if any(word in known.system for word in own[:-1]):
        return owner_of(names[-1:], known).kind != "person"
    of_user = around != [] and kind_of(around[-1], known) == "person"
    return of_user and owner_of(names[-2:-1], known).kind == "system"  # a db_user is a row of somebody's


def logs_in_a_program(beside: Iterable[str], known: Vocabulary) -> bool:
    """``host, port, username, password``; not ``username, password``, nor ``request, host, username, password``."""
    weight, log_ins = 0, 0
    for name in dict.fromkeys(beside):
        words = phrase(name, known)
        guess = judge(name)
        if words == ["user"] or (guess is not None and guess.category in known.machines_too):
            log_ins += 1
        elif words == ["request"] or (guess is not None and guess.strength == "strong"):
            return False
        elif words:
            weight += _weight(name, words, known)
    return weight + (log_ins > 1) >= _ENOUGH


def is_at(name: str, beside: Iterable[str], known: Vocabulary) -> bool:
    """Whether a user is one of a machine that something else beside it is at, too: ``remote_user`` and ``remote_path``.
    Whoever sends a request is at ``remote_host``.
    """
    words = phrase(name, known)
    if len(words) != 2 or words[1] not in ("user", "username") or kind_of(words[0], known) in ("person", "maybe"):
        return False
    others = [phrase(each, known) for each in beside]
    return any(other[:1] == words[:1] and other[-1] in _AT_A_MACHINE for other in others)


def _weight(name: str, words: list[str], known: Vocabulary) -> int:
    """How surely a name beside a log-in is a connection's. ``client_port`` is that of the other end, where one sits; a
    class that is called ``ProxyConfiguration`` has nothing to do with people.
    """
    forms = ["".join(words)]
    if not any(kind_of(word, known) in ("person", "maybe") for word in words[:-1]):
        forms += ["".join(words[-2:]), words[-1]]
    configures = name[:1].isupper() and any(form in known.configured for form in forms)
    if configures or any(form in known.connects for form in forms):
        return 2
    told = len(words) == 1 and words[0].endswith(_OF_MACHINES) and words[0] not in ("ghost", "observer")
    return int(told or any(form in known.connects_too for form in forms))


def tells_whose(name: str, known: Vocabulary) -> bool:
    """``payer_name``, ``customer_login``; a ``user`` may be a machine's."""
    return any(kind_of(word, known) in ("person", "maybe") for word in phrase(name, known)[:-1] if word != "user")

"""Addressed: whether a text says that a mail or a short message goes to what it shows: ``Email sent to {to}``.

Whoever sends something says so in his log, and to whom. What he sends tells which kind of address it is, where the
variable tells nothing but that something goes there.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

RECEIVING: Final = frozenset({
    "to", "recipient", "recipients", "receiver", "receivers", "destination", "dest", "target", "addressee", "to_addr",
    "to_address", "to_addresses", "to_addrs", "to_list", "send_to", "sent_to", "recipient_list", "mail_to", "number",
    "to_number", "target_number", "address", "addr", "destinatario", "destinatarios", "destinataire", "destinataires",
    "destinatário", "destinatários", "empfaenger", "empfänger", "ontvanger", "numero", "número", "nummer", "para",
    "alici", "alıcı", "tujuan", "penerima",
})  # fmt: skip
"""What a variable is called that says only that something goes there."""
_MAIL: Final = "e-?mails?|mails?|correos?|courriels?|e-?posta|surel|письм[оа]|邮件|電子郵件|メール|이메일"
_SHORT: Final = "sms|whats ?app|text message|短信|簡訊"
_TO: Final = "to|a|al|para|à|an|naar|aan|ke|kepada|на|до|到|至|给|給"
_SENT: Final = (
    "send|sends|sending|sent|resent|resending|deliver|delivers|delivering|delivered|dispatch|dispatched|dispatching|"
    "queued|queueing|queuing|enviad[oa]s?|enviando|enviar|envoyée?s?|envoi|envoyer|gesendet|sende|senden|verschickt|"
    "inviat[oaie]|invio|inviare|verzonden|verstuurd|versturen|отправ\\w*|dikirim|mengirim|gönderil\\w*|wysłan\\w*|"
    "发送|發送|已发|送信"
)
_WORD: Final = re.compile(r"\w")


@lru_cache(maxsize=1)
def _goes() -> re.Pattern[str]:
    """A text that says where something goes; the pattern takes its time to compile, and few texts are asked."""
    return re.compile(
        rf"(?<![a-zа-яё_-])(?:(?P<mail>{_MAIL})|(?P<short>{_SHORT}))(?![a-zа-яё_@/-])(?P<between>[^:;.!?\n]*?)"
        rf"(?<![a-zа-яё])(?:{_TO})\s?[:=]?\s?['\"`<(\[«“]?\Z",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _is_sent() -> re.Pattern[str]:
    return re.compile(rf"(?<![a-zа-яё_-])(?:{_SENT})(?![a-zа-яё_-])", re.IGNORECASE)


def may_be_addressed(name: str) -> bool:
    """A quick look: whether a variable may hold where something goes to, and says no more."""
    return name in RECEIVING or name.lower().strip("_") in RECEIVING


def addressed(before: str) -> str:
    """What a text calls the value that follows it, if it says that a mail or a short message goes there; or ``""``."""
    goes = _goes().search(before)
    if goes is None:
        return ""
    said = _WORD.search(before[: goes.start()] + goes["between"]) is not None
    if said and _is_sent().search(before) is None:
        return ""  # Converting email to {target}
    return "recipient_email" if goes["mail"] else "recipient_phone"

"""What postal addresses look like, in the countries whose form is strong: street, number, postcode and town together.

A street with a number alone is as often a product, a version or a film; a postcode that closes the right kind of line
is not. So each form is looked for around what it can't do without: a postcode, or, in Chinese and Japanese, the word
for the number of a house. Whose address it is, is asked elsewhere (:mod:`discreet.catalogue.homes`); whoever keeps or
shows text of the analysed code blots all of them out.

All repetitions are bounded and each form is tried in a window, so the time taken grows with the text and no faster.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from .plain import digits_alike

BEFORE: Final = 130
"""So much of an address stands before its postcode, or before the number of the house."""
AFTER: Final = 60

_LATIN: Final = re.compile(
    rb"0(?<!00)(?:"
    rb"0000(?!0)(?:(?<=[A-Z]{2} 00000)|(?= [A-Z\xc0-\xd6\xd8-\xde]))"
    rb"|000 ?[A-Z]{2}(?=[ ,])"
    rb"|(?<=[A-Z0] 0)[ABD-HJLNP-UW-Z]{2}(?![A-Za-z0])"
    rb")"
)
"""A postcode of the United States, of the continent (with a town behind it), the Netherlands, the United Kingdom, where
every digit is a ``0``.
"""
_EASTERN: Final = re.compile("[号號]|〒|目(?<=丁目)|地(?<=番地)")

_BREAK: Final = r"(?:, ?|\s?\n\s{0,12}| ?\\n| )"
"""What stands between the lines of an address."""
_CAPITAL: Final = r"[A-ZÀ-ÖØ-Þ]"
_TOWN: Final = rf"{_CAPITAL}[\w'’.-]{{1,24}}(?:[ -]{_CAPITAL}[\w'’.-]{{1,24}}){{0,3}}"
_CONTINENT: Final = rf"(?:[A-Z]{{1,2}}-)?[0-9]{{5}} {_TOWN}"
_STATE: Final = (
    "(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|P[AR]|RI|S[CD]|T[NX]|UT"
    "|V[AT]|W[AIVY])"
)
_ENGLISH: Final = (
    r"(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Place|Pl|Way|Terrace|Ter|Circle|Cir"
    r"|Highway|Hwy|Parkway|Pkwy|Trail|Trl|Square|Sq|Close|Crescent|Gardens|Grove|Hill|Row|Mews|Walk|View|Green|Park"
    r"|Rise)\.?"
)
# 77 North Elm Street, Apt 4, Dayton, OH 45402
_AMERICAN: Final = (
    rf"[0-9]{{1,5}}[A-Za-z]? (?:[A-Z0-9][\w.'’-]{{0,20}} ){{1,4}}{_ENGLISH}(?: [NSEW]{{1,2}}\.?)?"
    rf"(?:,? (?:Apt|Apartment|Unit|Suite|Ste|Floor|#)\.? ?[\w-]{{1,6}})?{_BREAK}"
    rf"{_TOWN},? {_STATE},? [0-9]{{5}}(?:-[0-9]{{4}})?"
)
# Flat 3, 12 Elm Road, Clifton, Bristol, BS8 2QX
_BRITISH: Final = (
    rf"(?:Flat [0-9A-Z]{{1,4}},? )?[0-9]{{1,4}}[A-Za-z]?,? (?:{_CAPITAL}[\w.'’-]{{1,20}} ){{1,4}}{_ENGLISH}"
    rf"(?:{_BREAK}{_TOWN}){{1,3}}{_BREAK}[A-Z]{{1,2}}[0-9][0-9A-Z]? [0-9][ABD-HJLNP-UW-Z]{{2}}"
)
# Lange Gasse 12, 80331 München
_GERMAN: Final = (
    rf"(?:{_CAPITAL}[\w.ß-]{{1,24}} ){{0,3}}(?:{_CAPITAL}[\w.ß-]{{1,30}})"
    r"(?:(?<=[sS]traße)|(?<=[sS]trasse)|(?<=[Ss]tr\.)|(?<=[wW]eg)|(?<=[pP]latz)|(?<=[aA]llee)|(?<=[gG]asse)"
    rf"|(?<=[rR]ing)|(?<=[dD]amm)|(?<=[uU]fer)) [0-9]{{1,4}} ?[a-z]?{_BREAK}{_CONTINENT}"
)
# Lange straat 12, 1016 GD Amsterdam
_DUTCH: Final = (
    rf"(?:(?:{_CAPITAL}[\w.'’-]{{1,24}}|van|de|der|den|ter|ten) ){{0,4}}{_CAPITAL}?[\w'’-]{{0,30}}"
    r"(?:straat|laan|weg|plein|gracht|kade|dijk|singel|hof|pad|dreef) [0-9]{1,4}(?:[ -]?[A-Za-z0-9]{1,3})?"
    rf"{_BREAK}[1-9][0-9]{{3}} ?[A-Z]{{2}},? {_TOWN}"
)
# 12 bis, rue des Lilas, 69003 Lyon
_FRENCH: Final = (
    r"[0-9]{1,4}(?: ?(?:bis|ter|[A-D]))?,? (?:[Rr]ue|[Aa]v(?:enue|\.)|[Bb](?:oulevard|d)|[Pp]lace|[Cc]hemin|[Aa]llée"
    rf"|[Ii]mpasse|[Qq]uai|[Rr]oute|[Cc]ours|[Ss]quare|[Pp]assage)(?: [\w.'’-]{{1,25}}){{1,6}}{_BREAK}{_CONTINENT}"
)
# Via dei Mille 12, 20121 Milano
_ITALIAN: Final = (
    r"(?:Via|Viale|Piazza|Corso|Largo|Vicolo|Strada)(?: [\w.'’-]{1,20}){1,5},? (?:n\. ?)?[0-9]{1,4}(?:/?[A-Za-z])?"
    rf"{_BREAK}{_CONTINENT}"
)
# Calle de Alcalá, 12, 3º B, 28014 Madrid
_SPANISH: Final = (
    r"(?:Calle|C/|Avenida|Avda?\.|Plaza|Paseo|Camino|Ronda|Carrer)(?: ?[\w.'’-]{1,20}){1,6},? (?:[nN][º°o.]{1,2} ?)?"
    rf"[0-9]{{1,4}}(?:,? [0-9]{{1,2}}[ºª°](?: ?[\w.]{{1,4}})?)?{_BREAK}{_CONTINENT}"
)
_HAN: Final = "[一-鿿]"
# 浙江省杭州市西湖区文三路12号3栋502室
_CHINESE: Final = (
    rf"(?:{_HAN}{{2,7}}(?:省|自治区))?(?:{_HAN}{{2,6}}[市縣]|北京|上海|天津|重庆){_HAN}{{1,7}}[区县市區鄉镇]"
    rf"{_HAN}{{1,20}}[路街道巷弄村里段]{_HAN}{{0,4}}[0-9]{{1,5}}(?:弄[0-9]{{1,4}})?[号號]"
    rf"(?:{_HAN}{{0,10}}[0-9]{{1,4}}(?:室|单元|栋|楼|幢|座|號|号楼|房)){{0,4}}"
)
# 〒150-0041 東京都渋谷区神南1丁目2番3号
_JAPANESE_TOWN: Final = rf"(?:東京都|北海道|大阪府|京都府|{_HAN}{{2,3}}県)[一-鿿ぁ-んァ-ヶー]{{2,26}}"
_JAPANESE_WITH_CODE: Final = (
    rf"〒\s?[0-9]{{3}}-[0-9]{{4}}\s{{0,2}}{_JAPANESE_TOWN}"
    r"[0-9]{1,4}(?:(?:丁目|番地?|-)[0-9]{1,4}){0,2}(?:番地?|号)?"
)
_JAPANESE: Final = rf"{_JAPANESE_TOWN}[0-9]{{1,4}}(?:丁目[0-9]{{1,4}}(?:番地?|-)?(?:[0-9]{{1,4}}号?)?|番地)"

_FORMS: Final = (_AMERICAN, _BRITISH, _GERMAN, _DUTCH, _FRENCH, _ITALIAN, _SPANISH)
_EASTERN_FORMS: Final = (_CHINESE, _JAPANESE_WITH_CODE, _JAPANESE)


@lru_cache(maxsize=2)
def _forms(eastern: bool) -> tuple[re.Pattern[str], ...]:
    """Compiled when the first postcode is met, which most runs never do."""
    if eastern:
        return tuple(map(re.compile, _EASTERN_FORMS))
    return tuple(re.compile(rf"(?<![0-9A-Za-zÀ-ɏ_/]){form}(?![0-9A-Za-zÀ-ɏ_])") for form in _FORMS)


def postal_addresses(text: str, alike: bytes, most: int) -> Iterator[tuple[int, int]]:
    """Where postal addresses begin and end in a text, from the left to the right; ``most`` postcodes are looked at.
    ``alike`` is the text with its digits alike.
    """
    yield from _around(map(_place, _LATIN.finditer(alike)), text, most, eastern=False)
    if not text.isascii():
        yield from _around(map(_place, _EASTERN.finditer(text)), text, most, eastern=True)


def _place(sign: re.Match[bytes] | re.Match[str]) -> tuple[int, int]:
    return sign.span()


def _around(signs: Iterable[tuple[int, int]], text: str, most: int, *, eastern: bool) -> Iterator[tuple[int, int]]:
    done = 0
    for looked, (start, end) in enumerate(signs):
        if looked == most:
            return
        if start < done:
            continue
        first = max(done, start - BEFORE)
        found = _longest(text[first : end + AFTER], start - first, end - first, eastern)
        if found is not None:
            done = first + found[1]
            yield first + found[0], done


def _longest(near: str, start: int, end: int, eastern: bool) -> tuple[int, int] | None:
    """The longest address of a window that holds the sign at ``start``."""
    best: tuple[int, int] | None = None
    for form in _forms(eastern):
        for match in form.finditer(near):
            if (
                match.start() <= start
                and match.end() >= end
                and (best is None or match.end() - match.start() > best[1] - best[0])
            ):
                best = match.span()
    return best


def blotted(text: str, most: int = 1_000) -> str:
    """The text with its postal addresses blotted out, letter by letter: as long as it was."""
    pieces, done = [], 0
    for start, end in sorted(postal_addresses(text, digits_alike(text), most)):
        if start < done:
            continue
        pieces += [text[done:start], "".join("*" if each.isalnum() else each for each in text[start:end])]
        done = end
    return "".join(pieces) + text[done:] if pieces else text

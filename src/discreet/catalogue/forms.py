"""What numbers of persons look like that have letters in them: whoever looks for long runs of digits passes them by.

Whoever keeps or shows text of the analysed code blots these out, whether they are valid or not.
"""

from __future__ import annotations

import re

LETTERED = re.compile(
    r"(?<![A-Za-z0-9])(?:"
    r"[A-Z]{6}[0-9LMNPQRSTUV]{2}[A-EHLMPRST][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z]"  # codice fiscale
    r"|[A-Z]{4}[ -]?[0-9]{6}(?:[HM][A-Z]{5}[0-9A-Z][0-9]|[ -]?[0-9A-Z]{3})"  # CURP, RFC
    r"|[A-Z]{3}P[A-Z][0-9]{4}[A-Z]"  # PAN
    r"|[0-9]{6}[-+A-FU-Y][0-9]{3}[0-9A-Y]"  # HETU
    r"|[A-NP-Z]{2}[0-9]{4}[A-NP-Z][0-9]{2}"  # a Dutch identity card
    r")(?![A-Za-z0-9])"
)

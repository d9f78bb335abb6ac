"""Every row of the catalogue about tables of columns is reached by a program made from it: what makes a frame, what a
method leaves of one, and that what it gives is a frame again. Beside each stands the same with nothing of anybody's.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from tests.catalogue import test_every_sink as sinks
from tests.catalogue.test_every_source import DATA, NOBODYS, Case, difference, imported

from discreet.catalogue.data import read_data
from discreet.catalogue.libraries import dotted_names, row_files
from discreet.catalogue.tables import catalogue

EMAIL = frozenset({"email"})
NOTHING = frozenset[str]()
FRAME = f'pandas.DataFrame({{"email": [{DATA}], "size": [{NOBODYS}]}})'
BARE = f'pandas.DataFrame({{"size": [{NOBODYS}]}})'
BEFORE, GIVEN = ("import pandas",), "customer, weather"
BY_COLUMNS = ("pandas.DataFrame.from_dict", "polars.from_dict", "polars.from_pandas", "dask.dataframe.from_pandas")
"""What is handed columns, where ``from_records`` and the like are handed rows."""

# -- what methods leave -----------------------------------------------------------------------------------------------

EFFECTS = {
    "keep": (("{frame}.{name}()", EMAIL), ("{bare}.{name}()", NOTHING)),
    "text": (("{frame}.{name}()", EMAIL), ("{bare}.{name}()", NOTHING)),
    "clean": (("{frame}.{name}()", NOTHING), ("{bare}.{name}()", NOTHING)),
    "columns": (
        ('{frame}.{name}(["email", "size"])', EMAIL),
        ('{frame}.{name}(["size"])', NOTHING),
        ('{bare}.{name}(["size"])', NOTHING),
    ),
    "column": (('{frame}.{name}("email")', EMAIL), ('{frame}.{name}("size")', NOTHING)),
    "drop": (
        ('{frame}.{name}(columns=["email"])', NOTHING),
        ('{frame}.{name}(columns=["size"])', EMAIL),
        ('{bare}.{name}(columns=["place"])', NOTHING),
    ),
    "assign": (
        ("{bare}.{name}(mail=customer.email)", EMAIL),
        ("{bare}.{name}(place=weather.place)", NOTHING),
        ('{frame}.{name}(email="hidden")', NOTHING),
        ("{frame}.{name}(place=weather.place)", EMAIL),
    ),
    "join": (
        ("{bare}.{name}({frame})", EMAIL),
        ("{frame}.{name}({bare})", EMAIL),
        ("{bare}.{name}({bare})", NOTHING),
    ),
    "apply": (
        ('{frame}.{name}(lambda row: row["email"], axis=1)', EMAIL),
        ('{frame}.{name}(lambda row: row["size"], axis=1)', NOTHING),
    ),
    "records": (
        ("{frame}.{name}()", EMAIL),
        ('{frame}.{name}()[0]["email"]', EMAIL),
        ('{frame}.{name}()[0]["size"]', NOTHING),
        ("{bare}.{name}()", NOTHING),
    ),
    "rows": (("{frame}.{name}()", EMAIL), ("{frame}.{name}()[0].size", NOTHING), ("{bare}.{name}()", NOTHING)),
    "pairs": (("next({frame}.{name}())[1]", EMAIL), ("next({bare}.{name}())[1]", NOTHING)),
}
"""What is logged of a frame with an e-mail column, or without, by the effect of its method."""


def of_frame(row: dict[str, Any]) -> Iterator[Case]:
    """The programs of a row about methods."""
    for name in row["members"]:
        for written, expected in EFFECTS[row["effect"]]:
            shown = written.format(frame="frame", bare="bare", name=name)
            if name == "__getitem__":
                shown = shown.replace(".__getitem__(", "[").removesuffix(")") + "]"
            body = (f"frame = {FRAME}", f"bare = {BARE}", f"got = {shown}")
            yield Case(f"frame.{name}", BEFORE, GIVEN, body, "got", expected)
    if row["effect"] in ("pairs", "rows"):
        for name in row["members"]:
            yield from _walked(name, "_, row" if row["effect"] == "pairs" else "row")


def _walked(name: str, target: str) -> Iterator[Case]:
    """A loop over the rows, and what one shows."""
    for held, expected in (("email", EMAIL), ("size", NOTHING)):
        body = (f"frame = {FRAME}", f"for {target} in frame.{name}():", "    pass")
        yield Case(f"frame.{name}", BEFORE, GIVEN, body, f'row["{held}"]', expected)
    for whole, expected in ((FRAME, EMAIL), (BARE, NOTHING)):
        body = (f"frame = {whole}", f"for {target} in frame.{name}():", "    pass")
        yield Case(f"frame.{name}", BEFORE, GIVEN, body, "row", expected)


# -- what makes one ---------------------------------------------------------------------------------------------------


def of_maker(name: str, effect: str) -> Iterator[Case]:
    """The programs of what makes a frame."""
    before, local = imported(name)
    owner, _, method = local.rpartition(".")
    parameter = GIVEN
    if owner and method[:1].islower():
        is_made = effect == "frame"  # a class's own function: pandas.DataFrame.from_dict
        parameter, local = (GIVEN, local) if is_made else (f'{GIVEN}, thing: "{owner}"', f"thing.{method}")
    before = ("import pandas", *before)
    for made, shown, expected in MAKERS[effect](name, local):
        yield Case(name, before, parameter, (f"got = {made}",), shown, expected)


Made = Iterator[tuple[str, str, frozenset[str]]]


def _of_data(name: str, local: str) -> Made:
    for data, expected in ((DATA, EMAIL), (NOBODYS, NOTHING)):
        by_rows, by_columns = f'[{{"email": {data}}}]', f'{{"email": [{data}]}}'
        if not name.endswith("from_pandas"):
            given = by_columns if name in BY_COLUMNS or (local[:1].isupper() and "." not in local) else by_rows
            yield f"{local}({given})", "got", expected
        else:
            yield f"{local}(pandas.DataFrame({by_columns}))", "got", expected


def _read(_: str, local: str) -> Made:
    """Nobody knows what is in a file: what is read of it by name is judged by that name."""
    yield f'{local}("people")', 'got["email"]', EMAIL
    yield f'{local}("people")', 'got["size"]', NOTHING
    yield f'{local}("people")', "got", NOTHING


def _queried(_: str, local: str) -> Made:
    yield f'{local}("select email, size from customers")', "got", EMAIL
    yield f'{local}("select email, size from customers")', 'got["size"]', NOTHING
    yield f'{local}("select place, size from weather")', "got", NOTHING


def _joined(name: str, local: str) -> Made:
    opened, closed = ("[", "]") if name.endswith("concat") else ("", "")
    yield f"{local}({opened}{BARE}, {FRAME}{closed})", "got", EMAIL
    yield f"{local}({opened}{BARE}, {BARE}{closed})", "got", NOTHING


MAKERS = {"frame": _of_data, "read": _read, "query": _queried, "join": _joined}

# -- what is one again ------------------------------------------------------------------------------------------------


def of_given(name: str) -> Iterator[Case]:
    """What a call gives is a frame: what is read of it by name is judged by that name, and its shape is nobody's."""
    before, local = imported(name)
    owner, _, method = local.rpartition(".")
    call = f"thing.{method}()" if owner else f"{local}()"
    if method == "__getitem__":
        call = "thing[thing.size > 3]"
    parameter = f'thing: "{owner}"' if owner else ""
    for shown, expected in (('got["email"]', EMAIL), ('got["size"]', NOTHING), ("got.shape", NOTHING)):
        yield Case(name, before, parameter, (f"got = {call}",), shown, expected)


def of_class(name: str) -> Iterator[Case]:
    """A frame that is handed over."""
    before, local = imported(name)
    for shown, expected in (('thing["email"]', EMAIL), ("thing.email", EMAIL), ('thing["size"]', NOTHING)):
        yield Case(name, before, f'thing: "{local}"', (), shown, expected)


def cases_of(data: dict[str, Any]) -> Iterator[list[Case]]:
    """The cases of a file's rows, a program for each row or name."""
    known, made_of = catalogue().classes.exact, catalogue().makers
    yield from (list(of_frame(row)) for row in data.get("frame", ()))
    yield from (list(of_maker(name, row["effect"])) for row in data.get("maker", ()) for name in dotted_names(row))
    for row in data.get("returns", ()):
        given = known[row["type"]]
        if given is not None and given.text == "frame":
            yield from (list(of_given(name)) for name in dotted_names(row) if made_of[name] in ("", "read"))
    yield from (
        list(of_class(name))
        for row in data.get("class", ())
        if row.get("text") == "frame"
        for name in dotted_names(row)
    )


# -- where what was made gets out -------------------------------------------------------------------------------------


def of_road(name: str, effect: str) -> Iterator[sinks.Tried]:
    """What was made of data is written, or shown, by a method that is a sink of its class: the class is known."""
    known = catalogue()
    given = known.given_by(name)
    rows = next((found for each, found in sinks.rows_of(known).sinks.items() if each.rpartition(".")[0] == given), [])
    got = sinks.called(known, name, frozenset({name}))
    cases = []
    for made, shown, expected in MAKERS[effect](name, got.expression):
        if shown == "got" and rows:
            method = rows[0].name.rpartition(".")[2]
            codes = frozenset(map(sinks.code_of, rows)) if expected else NOTHING
            cases.append(sinks.Case(name, f'{made}.{method}("one")', codes))
    yield sinks.Got(("import pandas", *got.imports), ""), cases


TOPICS = [name for name in row_files() if read_data(name).keys() & {"frame", "maker"}]


@pytest.mark.parametrize("topic", TOPICS)
def test_every_frame_that_is_made_leads_to_where_its_class_gets_out(topic: str) -> None:
    makers = ((name, row["effect"]) for row in read_data(topic)["maker"] for name in dotted_names(row))
    different = sinks.difference(tried for maker in makers for tried in of_road(*maker))
    assert not different, "\n".join([f"{len(different)} in {topic}", *different])


@pytest.mark.parametrize("topic", TOPICS)
def test_every_row_about_frames_is_reached_and_nothing_beside_it(topic: str) -> None:
    different = difference(cases_of(read_data(topic)))
    assert not different, "\n".join([f"{len(different)} in {topic}", *different])

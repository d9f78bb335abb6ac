"""Where absolute imports begin, of modules of which only paths and names are told."""

from __future__ import annotations

from discreet.facts.model import Outline
from discreet.flow.roots import Roots


def outline(path: str, module: str, *imports: str) -> Outline:
    return Outline(path, module, path.endswith("__init__.py"), False, (), {}, (), (), imports)


def test_the_directory_of_a_project_is_not_the_package_of_its_name() -> None:
    found = [
        outline("parts/cards/cards/__init__.py", "cards", "cards"),
        outline("parts/cards/cards/card.py", "cards.card"),
        outline("parts/cards/setup.py", "parts.cards.setup"),
        outline("parts/post/post/__init__.py", "post"),
        outline("parts/post/post/send.py", "post.send", "cards"),
        outline("parts/post/setup.py", "parts.post.setup"),
    ]
    outlines = {each.module: each for each in found}
    mover = Roots(outlines).mover(outlines["post.send"])
    assert mover is None or (mover("cards"), mover("cards.card")) == ("cards", "cards.card")

"""The floor: read and parse every file below a directory, and nothing else: ``python bench/floor.py DIRECTORY``.

It is a program of its own that imports next to nothing, since an interpreter's start is part of what it measures.
``--unparsable`` prints the files that can't be parsed instead, and how many lines the others have.
"""

import ast
import os
import sys
import warnings


def sources(root):
    """Every Python file below a directory, in order."""
    for directory, below, names in os.walk(root):
        below.sort()
        for name in sorted(names):
            if name.endswith(".py"):
                yield os.path.join(directory, name)


def content(path):
    """The bytes of a file."""
    with open(path, "rb") as handle:
        return handle.read()


def unparsable(root):
    """Print the files that no tool can make anything of."""
    lines = 0
    for path in sources(root):
        data = content(path)
        try:
            ast.parse(data)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            print(path)
        else:
            lines += data.count(b"\n")
    print(lines)


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    if "--unparsable" in sys.argv:
        unparsable(sys.argv[-1])
    else:
        for path in sources(sys.argv[-1]):
            ast.parse(content(path))

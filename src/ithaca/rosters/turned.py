"""Names written "Last, First" in a list whose commas also divide one person from the next."""

from collections.abc import Callable, Sequence


def joined(parts: Sequence[str], is_somebody: Callable[[str], bool]) -> list[str]:
    """The same names, where a comma that turned one person's name around had made two of it.

    Only who knows the people can tell: neither part is somebody, both together are ("Adler, Anna" beside an Anna Adler).
    """
    found: list[str] = []
    at = 0
    while at < len(parts):
        both = ", ".join(parts[at : at + 2])
        if at + 1 < len(parts) and is_somebody(both) and not any(map(is_somebody, parts[at : at + 2])):
            found.append(both)
            at += 2
        else:
            found.append(parts[at])
            at += 1
    return found

#!/usr/bin/env python3
"""Checks that the rooms of src know only rooms below them: by their includes and by their forward declarations.

    tools/rooms_lint.py [SRC]

src/rooms.txt has the permitted arrows: a line `room: rooms below`, each of which brings what is below it in turn, and
what is left to mend: `except FILE: CLASS` for a declaration of a class above.
"""
import collections
import pathlib
import re
import sys

INCLUDE = re.compile(r'^#include "([a-z]+)/[^"]+"', re.M)
# At the beginning of a line: what a namespace declares, not a class.
DECLARED = re.compile(r'^(?:class|struct) (\w+);', re.M)
DEFINED = re.compile(r'^(?:class|struct) (\w+)(?: final)?(?: :[^;{]*)? ?\{', re.M)
NAMESPACE = re.compile(r'^namespace ([\w:]+) \{', re.M)


def permitted_arrows(path):
    """By room, all rooms below it; and what is let pass."""
    direct = {}
    exceptions = set()
    for number, line in enumerate(path.read_text().splitlines(), 1):
        line = line.split('#')[0].strip()
        if not line:
            continue
        room, colon, below = line.partition(':')
        if room.startswith('except '):
            exceptions.update((room.removeprefix('except '), name) for name in below.split())
            continue
        if not colon or room in direct:
            sys.exit(f'{path}:{number}: a room and what is below it, once, as "room: other rooms"')
        unknown = [name for name in below.split() if name not in direct]
        if unknown:
            sys.exit(f'{path}:{number}: {", ".join(unknown)}: rooms are listed from below')
        direct[room] = below.split()
    below = {}
    for room, names in direct.items():
        below[room] = set(names).union(*(below[name] for name in names)) if names else set()
    return below, exceptions


def main():
    src = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else 'src')
    below, exceptions = permitted_arrows(src / 'rooms.txt')
    texts = {p: p.read_text() for p in sorted(src.rglob('*.[ch]pp'))}
    room_of = {p: p.relative_to(src).parts[0] for p in texts}
    homes = collections.defaultdict(set)
    for path, text in texts.items():
        for name in DEFINED.findall(text):
            homes[name, namespace_of(text)].add(room_of[path])
    faults = []
    for path, text in texts.items():
        room = room_of[path]
        if room not in below:
            faults.append(f'{path}: {src}/rooms.txt has no room {room}')
            continue
        known = below[room] | {room}
        for other in INCLUDE.findall(text):
            if other in below and other not in known:
                faults.append(f'{path}: includes {other}, which is not below {room}')
        for name in DECLARED.findall(text):
            home = homes.get((name, namespace_of(text)), set())
            if home and not home & known and (str(path.relative_to(src)), name) not in exceptions:
                faults.append(f'{path}: declares {name} of {", ".join(sorted(home))}, which is not below {room}')
    print(*faults, sep='\n', end='\n' if faults else '')
    return 1 if faults else 0


def namespace_of(text):
    found = NAMESPACE.search(text)
    return found.group(1) if found else ''


if __name__ == '__main__':
    sys.exit(main())

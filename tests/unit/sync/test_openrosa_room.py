"""Bodies wait in memory while there is room, and in files otherwise."""

from sync.openrosa.connections.transport import Room, _Body

PHOTO = b"\xff" * 300_000


def body(room: Room, declared: int) -> _Body:
    return _Body(1 << 17, 1 << 20, room, declared)


def test_what_finds_no_room_waits_in_a_file_until_another_has_gone() -> None:
    room = Room(500_000)
    first, second = body(room, len(PHOTO)), body(room, len(PHOTO))
    for one in (first, second):
        one.append(PHOTO)
    assert (first.overflowed, second.overflowed) == (False, True)
    assert first.getfile().read() == second.getfile().read() == PHOTO

    first.close()
    first.close()  # once more, as a refused body is, gives nothing back
    third, fourth = body(room, len(PHOTO)), body(room, len(PHOTO))
    for one in (third, fourth):
        one.append(PHOTO)
    assert (third.overflowed, fourth.overflowed) == (False, True)
    for one in (second, third, fourth):
        one.close()


def test_a_refused_body_takes_no_room() -> None:
    room = Room(500_000)
    body(room, len(PHOTO)).refuse("token.unknown")
    assert room.take(500_000)

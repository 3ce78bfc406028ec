from rookery.client.line.attention import ATTENTION_S, READ_EVERY_S, Attention


class Desk:
    """A clock that is set by hand, and what is to be called at which time."""

    def __init__(self):
        self.now_s = 1_000.0
        self.due = []
        self.looks = []
        self.attention = Attention(
            lambda: self.looks.append(self.now_s),
            lambda after_s, do: self.due.append((self.now_s + after_s, do)),
            lambda: self.now_s,
        )

    def wait(self, seconds):
        self.now_s += seconds
        due, self.due = self.due, []
        for at_s, do in due:
            if at_s <= self.now_s:
                do()
            else:
                self.due.append((at_s, do))


def test_what_is_printed_while_somebody_is_there_is_read_together():
    """Lines that come within a moment are one look, and the last of them is not forgotten."""
    desk = Desk()
    for _ in range(5):
        desk.attention.printed()
        desk.wait(READ_EVERY_S / 4)
    assert desk.looks == [1_001.0]
    desk.wait(READ_EVERY_S)
    assert len(desk.looks) == 2


def test_nobody_reads_where_nobody_is():
    """What comes long behind the last key waits for the next one."""
    desk = Desk()
    desk.wait(ATTENTION_S)
    desk.attention.printed()
    desk.wait(READ_EVERY_S)
    assert desk.looks == []
    desk.attention.pressed()
    desk.wait(READ_EVERY_S)
    assert len(desk.looks) == 1

from rookery.bus.local import LocalBus


def test_event_is_delivered_when_publish_returns():
    """On a single node an event is delivered at once, in the order of publishing."""
    delivered = []
    bus = LocalBus(delivered.append)
    bus.publish("one")
    bus.publish("two")
    assert delivered == ["one", "two"]

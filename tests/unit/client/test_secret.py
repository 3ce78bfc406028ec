from rookery.client import secret


def test_made_and_chosen():
    """What a client makes is known from what a person types."""
    assert secret.is_made(secret.make())
    assert not secret.is_made("made-up")
    assert not secret.is_made("")
    assert secret.make() != secret.make()

"""People who start their clients at the same time: nobody waits for the others' programs."""


def arrived(*people):
    """Wait until all who have set out are there, and return them in their order."""
    return [one.arrive() for one in people]

"""How long a test waits for what must come; what comes at once costs nothing of it.

Each is many times what a machine with more to do than it can needs: only a fault uses one up.
"""

from typing import Final

START_S: Final = 60.0
"""Until a process that was started says that it is ready."""
SEEN_S: Final = 60.0
"""Until something said is seen where it must arrive."""
END_S: Final = 60.0
"""Until a process that was told to end has ended."""
STOP_S: Final = 25.0
"""Until a server has stopped: far more than it takes (0.1 s, 0.4 s with TLS), less than the 30 s of
a TLS goodbye that nobody answers."""
AWAY_S: Final = 90.0
"""Until a client is back after the server was gone: longer than its longest back-off."""

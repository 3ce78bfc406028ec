"""How long a test waits for what must come; what comes at once costs nothing of it."""

from typing import Final

START_S: Final = 30.0
"""Until a process that was started says that it is ready."""
SEEN_S: Final = 20.0
"""Until something said is seen where it must arrive."""
END_S: Final = 15.0
"""Until a process that was told to end has ended."""
AWAY_S: Final = 45.0
"""Until a client is back after the server was gone: longer than its longest back-off."""

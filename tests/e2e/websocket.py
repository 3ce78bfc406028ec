"""IRC over WebSocket as a program speaks it, with aiohttp's own client."""

import asyncio
import contextlib

import aiohttp
from tests.e2e.waits import SEEN_S

TEXT, BINARY = "text.ircv3.net", "binary.ircv3.net"


class Client:
    """One WebSocket: says lines, and reads them."""

    def __init__(self, socket):
        self.socket = socket
        self.types = set()

    async def say(self, *lines):
        for line in lines:
            await self.socket.send_str(line)

    async def expect(self, part):
        """Return the next message with `part` in it."""
        async with asyncio.timeout(SEEN_S):
            while True:
                message = await self.socket.receive()
                assert message.type in {aiohttp.WSMsgType.TEXT, aiohttp.WSMsgType.BINARY}, message
                self.types.add(message.type)
                data = message.data
                text = data if isinstance(data, str) else data.decode()
                assert "\r" not in text
                assert "\n" not in text
                if part in text:
                    return text

    async def sign_in(self, nick):
        await self.say(f"NICK {nick}", f"USER {nick} 0 * :{nick}")
        await self.expect(f" 001 {nick} ")
        return self


@contextlib.asynccontextmanager
async def connected(port, protocols=(TEXT,), path="/", headers=None):
    """Yield a client."""
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(
            f"http://127.0.0.1:{port}{path}", protocols=protocols, headers=headers
        ) as socket,
    ):
        yield Client(socket)

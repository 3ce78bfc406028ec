"""The domain: names, users, rooms, access rules, events, and the world that they make.

Pure and synchronous: no clock, no sockets, no wire. Deciding functions return events or raise
`Refusal`; only `world.World.apply` changes anything.
"""

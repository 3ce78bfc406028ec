"""The clients. Nothing here imports the server, ever.

`model` knows what a client knows (sans-I/O), `session` keeps it connected on a thread of its own,
`line`, `send` and `tail` are what a person starts. Begin with `model.Model`.
"""

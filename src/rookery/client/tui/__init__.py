"""The full-screen terminal client: widgets over the conversations, by Textual alone.

What others wrote passes `legible` before it becomes a piece of a line.
"""

"""Conversations as a full-screen client shows them, sans-I/O: what is there, and what changed.

Each is a contiguous end of what the server keeps: no gap, no double, the server's order.
"""

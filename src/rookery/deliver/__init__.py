"""Events to lines to outboxes. Nothing leaves but through an outbox and its epoch."""

"""Letters that a team writes to groups: models, segments with their count, reminders, and the outbox read again before anything leaves."""

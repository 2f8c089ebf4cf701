"""The desk where events are recorded: what commands and pages do alike, before either shows it."""

"""What can be asked for at the desk, one event a file: a form that is filled in, and makes the event."""

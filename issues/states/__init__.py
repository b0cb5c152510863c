"""The state machine as documents, read from the machine itself."""

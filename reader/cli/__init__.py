"""The shell command.  Only `arguments` is loaded before it is known that a command was meant."""

"""The door to the web: `door` fetches, `job` cancels; nothing else of the program opens a connection.

`door` loads what most starts of the program never need: ask `services.web`.
"""

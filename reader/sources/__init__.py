"""What the network has: one file a service, each with its addresses and a pure `parse`."""

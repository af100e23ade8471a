"""Dialogs: only where something must be looked at before it is done."""

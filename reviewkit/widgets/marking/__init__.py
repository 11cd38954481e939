"""The pane to mark in, and its tools."""

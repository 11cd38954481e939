"""The pane in which the readings of many people meet, and are decided."""

"""The pane to read in, and what every pane is drawn from: cuts, sheets, covers, the strip."""

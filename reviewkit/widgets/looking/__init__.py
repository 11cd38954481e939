"""The pane that shows other readings only after one's own."""

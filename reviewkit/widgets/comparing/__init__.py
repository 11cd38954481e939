"""The pane in which groups of reviews stand side by side, and words in context."""

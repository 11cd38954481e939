"""Charts that open: every mark leads to the sentences it stands for. One module per chart."""

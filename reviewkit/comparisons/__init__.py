"""Groups side by side, keyness, places, agreement: what turns readings into an argument."""

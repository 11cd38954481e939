"""What a student reads, predicts and chooses with, in a notebook; the only part that knows Jupyter."""

"""What does a class read without computers? Reviews on sheets of paper, as one page of HTML to print.

`sheets.py` says what stands on the sheets, `labels.py` which labels there are to choose from; `paper.py` and
`paper.css` make a page of it that can be read on a screen and printed on A4 and Letter. `command.py` is what
the command line calls. Nothing is fetched, and nothing runs.
"""

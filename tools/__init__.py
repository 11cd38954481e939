"""What start.py is made of: standard library only, except bundle.py and hub.py.

Those two run inside the kit's environment.
"""

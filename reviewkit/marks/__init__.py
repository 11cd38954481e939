"""What did people mark, say and dispute? Their events, kept on disk, carried to other machines, put together.

`events` says what an event is, `store` keeps events in one file, `table` makes evidence of them, `exchange`
writes and reads them as files, `merging` puts several people's together, `who` keeps a pseudonym.
"""

"""What people read, made of records: text for a terminal, Markdown, HTML. Pure: nothing here asks
or remembers.
"""

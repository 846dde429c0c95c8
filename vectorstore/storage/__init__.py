"""What a corpus keeps on disk or on a Chroma server, and what is derived from it and kept beside
it.
"""

"""Speed and memory, ours beside the pipeline people would write instead: `make bench`, `make
bench-quick`.
"""

"""Speed and memory, ours beside the pipeline people would write instead.

`make bench` measures all of it, `make bench-quick` a part.
"""

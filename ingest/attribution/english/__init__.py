"""The grammar of languages whose subject stands before its verb; all that is one language's is in
its table.
"""

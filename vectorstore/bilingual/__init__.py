"""The English-Arabic lexicon: how a question in one language finds passages in the other without a
language model.
"""

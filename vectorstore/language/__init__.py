"""What every part must see alike in a text: sentences, words, numbers, dates, names, language."""

"""Writers: from what was found to the text of an answer."""

"""The corpus as stored: records, languages, the embedder, Chroma and BM25. Imports nothing of ours."""

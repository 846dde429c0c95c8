"""The corpus as stored: records, languages, the embedder, Chroma and BM25. Imports nothing of
ours.
"""

import os

# Libraries report to their makers unless they are told not to, and some look once, when they are
# imported. Everything of ours imports this package first.
for _name, _value in {
    # onnxruntime: the only switch that holds; its function comes too late
    "ORT_DISABLE_TELEMETRY": "1",
    "GRADIO_ANALYTICS_ENABLED": "False",
    "ANONYMIZED_TELEMETRY": "False",  # Chroma
    "RAY_USAGE_STATS_ENABLED": "0",
    "HF_HUB_DISABLE_TELEMETRY": "1",
}.items():
    os.environ.setdefault(_name, _value)

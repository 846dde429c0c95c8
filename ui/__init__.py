"""Every face of the product: the command line, the web chat, the HTTP API."""

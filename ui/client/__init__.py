"""What every face asks of the product, in this process or of a server."""

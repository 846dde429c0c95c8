"""The web chat. gradio lives here, and no logic: what is shown is made by `ui.render`, what is
known comes from the client.
"""

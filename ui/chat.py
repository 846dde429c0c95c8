"""The web chat. gradio lives here; what it shows is made by `ui.render`, what it knows comes from the client."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import Any

from rag.answer import Answer, Turn
from ui.client import LocalClient
from ui.render import chat_message, evidence
from vectorstore.errors import RashomonError

TITLE = "Rashomon"
EMPTY_PANEL = (
    '<p class="quiet">The evidence of an answer appears here: who says what, and the exact words in their article.</p>'
)
CSS = """
.message, .message * { unicode-bidi: plaintext; text-align: start; }
#evidence { max-height: 78vh; overflow-y: auto; padding-inline: .6rem; }
#evidence [dir=auto] { unicode-bidi: plaintext; text-align: start; }
#evidence .voice { border-inline-start: 3px solid var(--color-accent); padding: .25rem .7rem; margin: .45rem 0; }
#evidence .sides { display: flex; flex-wrap: wrap; gap: .5rem; }
#evidence .side { flex: 1 1 12rem; }
#evidence .cited { border-top: 1px solid var(--border-color-primary); padding-top: .5rem; }
#evidence .cited:target { outline: 2px solid var(--color-accent); outline-offset: .4rem; }
#evidence blockquote {
  margin: .4rem 0; padding-inline-start: .8rem; color: var(--body-text-color);
  border-inline-start: 2px solid var(--border-color-primary);
}
#evidence mark { background: #ffe9a8; color: #1a1a1a; padding: .05rem .1rem; }
.quiet { color: var(--body-text-color-subdued); }
footer { display: none !important; }
"""


def create_chat(client: LocalClient) -> Any:
    """The page as gradio blocks, to be mounted with `CSS`."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # gradio reads it when it is imported
    import gradio as gr

    def respond(question: str, conversation: list[dict[str, Any]]) -> Iterator[tuple[list[dict[str, Any]], str, str]]:
        asked = [*conversation, {"role": "user", "content": question}]
        yield asked, "", EMPTY_PANEL
        for message, panel in _answered(client, question, _turns(conversation)):
            yield [*asked, {"role": "assistant", "content": message}], "", panel

    with gr.Blocks(title=TITLE, analytics_enabled=False, fill_height=True) as page:
        gr.Markdown(f"# {TITLE}\nAsk the articles. Every answer says who says it, and shows the exact words.")
        with gr.Row(equal_height=False):
            with gr.Column(scale=3):
                chat = gr.Chatbot(label="Conversation", height="62vh", placeholder=_greeting(client), buttons=["copy"])
                box = gr.Textbox(
                    label="Question",
                    placeholder="Who says what about ...?",
                    submit_btn="Ask",
                    lines=1,
                    max_lines=4,
                    autofocus=True,
                )
                gr.Examples(_examples(client), box, label="Questions to start with")
            with gr.Column(scale=2):
                panel = gr.HTML(EMPTY_PANEL, elem_id="evidence", label="Evidence")
        box.submit(respond, [box, chat], [chat, box, panel], show_progress="minimal", api_visibility="private")
    return page


def _answered(client: LocalClient, question: str, history: Sequence[Turn]) -> Iterator[tuple[str, str]]:
    """The message as it is written, with the evidence panel when it is whole; an error is a message that says what to
    do.
    """
    text = ""
    try:
        for event in client.stream(question, history):
            if isinstance(event, Answer):
                yield chat_message(event), evidence(event, client.place_of)
            elif event.kind == "text":
                text += str(event.data)
                yield text, EMPTY_PANEL
    except RashomonError as error:
        yield "\n\n".join(part for part in (text, str(error)) if part), EMPTY_PANEL


def _turns(conversation: Sequence[dict[str, Any]]) -> list[Turn]:
    """The conversation's messages as text; gradio gives each as a string or as a list of parts."""
    return [Turn(message["role"], _text(message["content"])) for message in conversation]


def _text(content: Any) -> str:
    if isinstance(content, str):
        return content
    return "\n".join(str(part.get("text", "")) for part in content if isinstance(part, dict))


def _greeting(client: LocalClient) -> str:
    articles = client.articles()
    if not articles:
        return "The corpus is empty. Add articles with `rashomon ingest PATH`, then ask."
    outlets = len({article.outlet for article in articles if article.outlet})
    return f"{len(articles)} articles of {outlets} outlets are ready. Ask who says what."


def _examples(client: LocalClient) -> list[str]:
    """Questions made of the corpus that is loaded: about its titles and its authors."""
    articles = [article for article in client.articles() if article.passages]
    signed = [f"What does {article.author} say?" for article in articles if article.author and article.language == "en"]
    about = [f"Who says what about “{article.title}”?" for article in articles if article.language == "en"]
    return [*dict.fromkeys(about[:2] + signed[:2])]

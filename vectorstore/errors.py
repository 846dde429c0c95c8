"""Everything that can go wrong, as one tree.

    RashomonError
     ├─ UsageError                 the request itself is wrong: mend the request
     │   ├─ QuestionError          empty, or too long
     │   ├─ FilterError            a filter that cannot be read
     │   ├─ NotFound               no article of that id
     │   └─ SuiteError             a suite of questions that cannot be read
     ├─ SourceError                one file could not be read: the others go on
     │   ├─ SourceMissing          no such path
     │   ├─ SourceEmpty            nothing in it
     │   ├─ SourceNotText          binary, or text in an encoding that is not read
     │   └─ SourceUnreadable       no permission, or the disk failed
     ├─ QuestionsError             a file of questions that cannot be read
     ├─ RunError                   a run of a suite that cannot be read, written or compared
     ├─ AliasError                 a file of aliases that cannot be read, or contradicts itself
     ├─ CorrectionError            a file of corrections that cannot be read
     ├─ CorpusError                the corpus as a whole
     │   ├─ CorpusHeld             another process owns the folder
     │   ├─ CorpusDamaged          remains of a corpus, and no database that can be read
     │   ├─ CorpusMismatch         made with another embedder or format
     │   └─ CorpusUnreachable      the folder or the Chroma server does not answer
     ├─ EmbedderError              the model is missing, broken or not the one promised
     ├─ ModelError                 the language model did not write: it is done without
     │   └─ ModelBusy              and another try may help
     ├─ JobCancelled               somebody has cancelled the upload
     ├─ JobsStopped                uploads are not taken in any more
     ├─ KeysError                  a file of API keys that cannot be read
     ├─ RequestRefused             a server does not take a request, whatever it asks
     │   ├─ NotSignedIn            no key, or none that is known
     │   ├─ NotAllowed             the key does not reach so far, or another site asks
     │   ├─ Misdirected            asked by a name that is not the server's
     │   ├─ TooLarge               more bytes than are read
     │   ├─ SentTooSlowly          the request itself did not come within its time
     │   ├─ TooMany                more than are answered at once, or in a minute: later
     │   └─ TooSlow                not finished in time
     └─ ServerError                a rashomon server answered with an error, or could not start

Each message is one sentence or two: what happened, with the value, and what to do next. It names no
place of the machine, no folder, file or address, and quotes nothing that others raised, so that
every face may tell it to anybody; where it was is apart, for whoever runs the machine.
"""

from __future__ import annotations


class RashomonError(Exception):
    """Base of all errors that are told to a user. `place` is where on the machine it was, or at
    which address, with what others said there.
    """

    def __init__(self, message: str, place: object = None) -> None:
        super().__init__(message)
        self.place = None if place is None else " ".join(str(place).split())

    @property
    def with_place(self) -> str:
        """The sentence with its place, on one line: for whoever runs the machine, and for nobody
        else.
        """
        return f"{self} ({self.place})" if self.place else str(self)


class UsageError(RashomonError):
    """The request is wrong."""


class QuestionError(UsageError):
    """The question is empty or too long."""


class FilterError(UsageError):
    """A filter cannot be read."""


class NotFound(UsageError):
    """No article has that id."""


class SuiteError(UsageError):
    """A suite of questions cannot be read."""


class SourceError(RashomonError):
    """One source could not be read."""


class SourceMissing(SourceError):
    """No such file or folder."""


class SourceEmpty(SourceError):
    """The source holds no words."""


class SourceNotText(SourceError):
    """The source is binary, or in an encoding that is not read."""


class SourceUnreadable(SourceError):
    """The operating system refused to read the source."""


class QuestionsError(RashomonError):
    """A file of questions cannot be read."""


class RunError(RashomonError):
    """A run of a suite cannot be read, written or compared."""


class AliasError(RashomonError):
    """A file of aliases cannot be read, or contradicts itself."""


class CorrectionError(RashomonError):
    """A file of corrections cannot be read."""


class CorpusError(RashomonError):
    """The corpus as a whole cannot be used."""


class CorpusHeld(CorpusError):
    """Another process owns the embedded corpus; `url` is its server's address, if it is one."""

    def __init__(self, message: str, url: str | None = None, place: object = None) -> None:
        super().__init__(message, place)
        self.url = url


class CorpusDamaged(CorpusError):
    """The folder holds what is left of a corpus, and no database that can be read."""


class CorpusMismatch(CorpusError):
    """The corpus was made with another embedder or another format."""


class CorpusUnreachable(CorpusError):
    """The corpus folder or the Chroma server cannot be opened."""


class ModelError(RashomonError):
    """The language model did not write an answer."""


class ModelBusy(ModelError):
    """The language model is busy or does not answer; another try may help."""


class EmbedderError(RashomonError):
    """The embedding model is missing, broken, or not the one promised."""


class JobCancelled(RashomonError):
    """Somebody has cancelled the upload."""


class JobsStopped(RashomonError):
    """Uploads are kept, and not taken in any more."""


class KeysError(RashomonError):
    """The file of API keys cannot be read."""


class RequestRefused(RashomonError):
    """A server does not take a request, whatever it asks."""


class NotSignedIn(RequestRefused):
    """No key came with the request, or none that is known."""


class NotAllowed(RequestRefused):
    """The key does not reach so far, or the page of another site asks."""


class Misdirected(RequestRefused):
    """The request names a host that the server is not."""


class TooLarge(RequestRefused):
    """The request has more bytes than are read."""


class SentTooSlowly(RequestRefused):
    """The request was not sent within its time."""


class TooMany(RequestRefused):
    """More is asked at once, or in a minute, than is answered; `seconds` is when to try again."""

    def __init__(self, message: str, seconds: int) -> None:
        super().__init__(message)
        self.seconds = seconds


class TooSlow(RequestRefused):
    """The request was not finished in time."""


class ServerError(RashomonError):
    """A rashomon server answered with an error, or could not be started."""

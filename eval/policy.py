"""What a release must reach: floors, margins and waivers, from one TOML file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from eval.scorers import SCORERS
from eval.statistics import BootstrapSettings
from vectorstore.errors import UsageError

SHIPPED = Path(__file__).parent / "gate.toml"
_STRICT = ConfigDict(extra="forbid")
_Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
_Sure = Annotated[float, Field(gt=0, lt=1, allow_inf_nan=False)]


@dataclass(frozen=True)
class Bar:
    """What one score must reach: the floor of its mean (None: any), and how much less than the
    accepted baseline it may be.
    """

    floor: _Share | None = None
    margin: _Share = 0.05

    __pydantic_config__ = _STRICT


@dataclass(frozen=True)
class Waiver:
    """A score that may fail for a reason, until a day."""

    score: str
    reason: str
    until: date

    __pydantic_config__ = _STRICT


@dataclass(frozen=True)
class Policy:
    """The bars by score, the share of answers that must be scored, the waivers, and how sure to
    be.
    """

    scores: Annotated[Mapping[str, Bar], Field(min_length=1)]
    coverage: _Share = 0.95
    seed: Annotated[int, Field(ge=0)] = 0
    resamples: Annotated[int, Field(ge=1000)] = 2000
    confidence: _Sure = 0.95
    power: _Sure = 0.8
    waivers: tuple[Waiver, ...] = field(default=())

    __pydantic_config__ = _STRICT

    @property
    def settings(self) -> BootstrapSettings:
        return BootstrapSettings(self.seed, self.resamples, self.confidence, self.power)

    def waiver(self, score: str, today: date) -> Waiver | None:
        """The waiver of a score that has not run out."""
        return next(
            (waived for waived in self.waivers if waived.score == score and today <= waived.until),
            None,
        )


def read_policy(path: Path = SHIPPED) -> Policy:
    """The policy of a file. Raises UsageError for what cannot be read or means nothing."""
    try:
        policy = TypeAdapter(Policy).validate_python(
            tomllib.loads(path.read_text(encoding="utf-8"))
        )
    except OSError as error:
        raise UsageError(
            f"The policy cannot be read ({error.strerror}). Name a TOML file.", path
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(
            "The policy is no TOML. Correct it, or name another.", f"{path}: {error}"
        ) from error
    except ValidationError as error:
        first = error.errors()[0]
        named = ".".join(map(str, first["loc"]))
        raise UsageError(f"The policy cannot be used: `{named}`: {first['msg']}.", path) from error
    unknown = [
        name
        for name in (*policy.scores, *(waiver.score for waiver in policy.waivers))
        if name not in SCORERS
    ]
    if unknown:
        raise UsageError(
            f"The policy names the score {unknown[0]}. There are: {', '.join(SCORERS)}.", path
        )
    return policy

"""What all published objects have in common."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict
from pydantic import Field as About


class Published(BaseModel):
    """What all published objects have in common."""

    model_config = ConfigDict(extra="forbid")


class Text(Published):
    """Text for people; id is absent where there is no Indonesian version."""

    en: str
    id: str = About("", description="Indonesian; absent where there is none")

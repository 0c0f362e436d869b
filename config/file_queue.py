"""A job queue of files, for trying and developing: kombu's filesystem transport, except that a message appears whole.

Kombu writes into the file that the worker may already be reading; here it is written aside and renamed.
"""

import os
import time
import uuid
from pathlib import Path

from kombu.transport import filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    """Kombu's, with an atomic `_put`."""

    def _put(self, queue, payload, **kwargs):  # type: ignore[override]
        folder = Path(self.data_folder_out)
        name = f"{time.time_ns():020}_{uuid.uuid4()}.{queue}.msg"  # in order across restarts of the machine, too
        draft = folder / f".{name}.part"
        draft.write_text(dumps(payload), encoding="utf-8")
        os.replace(draft, folder / name)


class Transport(filesystem.Transport):
    """Kombu's, on these channels."""

    Channel = Channel

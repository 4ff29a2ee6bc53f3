"""A sealed place to be tormented, and what every command has to answer in it."""

from __future__ import annotations

import shutil
import stat
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.conftest import Place, Result

ROOT = Path(__file__).parents[2]
QUESTIONS: tuple[tuple[str, ...], ...] = (
    (),
    ("list", "--city", "Quellstadt"),
    ("list", "-c", "Indonesia", "--format", "table"),
    ("show", "Quellstadt"),
    ("show", "Jakarta", "Rotterdam"),
    ("search", "Quellstadt"),
    ("stats",),
    ("stats", "--by", "component", "--top", "3"),
    ("path", "Quellstadt", "Jakarta"),
    ("map", "--city", "Jakarta", "--format", "table"),
    ("anniversaries", "--year", "2030", "-c", "Indonesia"),
    ("explain", "benefits"),
    ("data", "info"),
    ("data", "schema", "list"),
)
Answers = tuple[Result, ...]

# Run in place of the program: it counts the things that are done to files, and ends before one of them.
COUNTED = """
import os, signal, sys
limit, seen = int(sys.argv.pop(1)), 0
def watch(event, arguments):
    global seen
    writes = event in {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.utime", "os.link", "os.chmod"}
    if event == "open":
        path, mode, flags = arguments
        writes = bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
    elif event == "sqlite3.connect":
        writes = "mode=ro" not in str(arguments[0])
    if writes:
        seen += 1
        if seen == limit:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(watch)
end = os._exit
def tell(status):
    if not limit:
        os.write(2, f"\\n{seen}".encode())
    end(status)
os._exit = tell
from twincli.__main__ import main
main()
"""


@dataclass
class Work:
    """Something that changes what is kept, and what every command answers before and after it."""

    name: str
    arguments: list[str]
    layers: dict[str, bytes]
    """The files in the folder of layers before."""
    keeps_index: bool
    before: Answers = ()
    after: Answers = ()
    seconds: float = 0
    """How long it takes where nothing happens to it."""
    outcomes: Counter[str] = field(default_factory=Counter)


class Bench:
    """A sealed place that is brought into the same state again and again."""

    def __init__(self, folder: Path) -> None:
        self.place = Place(folder, folder / "cache")
        self.place.environ["PYTHONPATH"] = str(ROOT / "src")
        self.layers = self.place.home / ".local" / "share" / "twincli" / "layers"
        self.cache = folder / "cache" / "twincli"
        self.failures: list[str] = []

    def reset(self, work: Work) -> None:
        """Put the layers of before in their place, and throw the index away where the work is to build it."""
        shutil.rmtree(self.layers, ignore_errors=True)
        if work.layers:
            self.layers.mkdir(mode=0o700, parents=True)
        for name, content in work.layers.items():
            (self.layers / name).write_bytes(content)
            (self.layers / name).chmod(0o600)
        shutil.rmtree(self.cache if not work.keeps_index else self.cache / "update", ignore_errors=True)

    def answers(self) -> Answers:
        """Ask every command, in this process."""
        return tuple(self._settled(self.place.run(*question)) for question in QUESTIONS)

    def _settled(self, result: Result) -> Result:
        """Return an answer without the name of the index, which is another for each state of a file."""
        stdout = result.stdout.split('"index": ')[0] if '"index": "' in result.stdout else result.stdout
        return Result(result.status, stdout, result.stderr)

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start the program as a process of its own."""
        return subprocess.Popen(
            [sys.executable, "-m", "twincli", *arguments],
            env=self.place.environ,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            cwd=self.place.folder,
        )

    def counted(self, work: Work, limit: int) -> subprocess.CompletedProcess[bytes]:
        """Run the work until it is about to do so many things to files; 0 for its end."""
        command = [sys.executable, "-c", COUNTED, str(limit), *work.arguments]
        return subprocess.run(
            command, env=self.place.environ, capture_output=True, check=False, timeout=120, cwd=self.place.folder
        )

    def judge(self, work: Work, moment: str) -> None:
        """Hold the answers to those of before and after, and what lies in the folders to what may."""
        answers = self.answers()
        if answers == work.after:
            work.outcomes["after"] += 1
        elif answers == work.before:
            work.outcomes["before"] += 1
        else:
            wrong = [
                " ".join(question)
                for question, given, old, new in zip(QUESTIONS, answers, work.before, work.after, strict=True)
                if given not in (old, new)
            ]
            self.fail(work, moment, f"neither before nor after: {wrong or 'some commands before, some after'}")
        for path in (*self.cache.rglob("*"), *self.layers.rglob("*")):
            if stat.S_IMODE(path.lstat().st_mode) & 0o077:
                self.fail(work, moment, f"{path} can be read by others")
        if left := list(self.cache.glob("*.tmp")):
            self.fail(work, moment, f"left in the cache: {left}")

    def finish(self, work: Work, moment: str) -> None:
        """Do the work once more, to its end."""
        process = self.start(*work.arguments)
        __, stderr = process.communicate(timeout=120)
        # What has been removed before the kill cannot be removed again.
        if process.returncode and not (work.name == "remove" and b"No layer called" in stderr):
            self.fail(work, moment, f"then ended with {process.returncode}: {stderr.decode()}")
        if self.answers() != work.after:
            self.fail(work, moment, "then did not answer as after")

    def fail(self, work: Work, moment: str, what: str) -> None:
        """Note what went wrong."""
        work.outcomes["wrong"] += 1
        self.failures.append(f"{work.name}, killed {moment}: {what}")
        print(self.failures[-1], flush=True)

"""How much memory a tab takes."""

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Memory:
    """Bytes: what its script holds, and all of its process, where the system tells."""

    script: int
    process: int | None

    def __str__(self) -> str:
        whole = f", process {self.process / MEGABYTE:.0f} MB" if self.process else ""
        return f"script {self.script / MEGABYTE:.1f} MB{whole}"


def memory_of(page: Page) -> Memory:
    """Of the only tab of a browser, after everything that nothing holds was thrown away."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.enable")
    session.send("HeapProfiler.collectGarbage")
    session.send("Performance.enable")
    metrics = {each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]}
    session.send("HeapProfiler.disable")
    session.detach()
    return Memory(int(metrics["JSHeapUsedSize"]), renderer(page))


def renderer(page: Page) -> int | None:
    """The largest of the browser's renderers: the others are kept ready for tabs to come."""
    assert page.context.browser is not None
    session = page.context.browser.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    sizes = [resident(each["id"]) for each in processes if each["type"] == "renderer"]
    return max((size for size in sizes if size), default=None)


def resident(process: int) -> int | None:
    """What /proc says of it; other systems have no such file."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return None
    kilobytes = next((line.split()[1] for line in lines if line.startswith("VmRSS")), None)
    return int(kilobytes) * 1024 if kilobytes else None

"""From where somebody signs in: an address, and the browser in words. Pure."""

from dataclasses import dataclass

# The first that stands in what a browser says of itself; later ones name earlier ones as well.
_BROWSERS = {
    "Edg/": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser/": "Samsung Internet",
    "Firefox/": "Firefox",
    "CriOS/": "Chrome",
    "FxiOS/": "Firefox",
    "Chrome/": "Chrome",
    "Safari/": "Safari",
}
_SYSTEMS = {
    "Windows": "Windows",
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Mac OS X": "macOS",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, as far as it is seen. `agent`: what the browser says of itself, '' = nothing."""

    address: str
    agent: str = ""

    @property
    def words(self) -> str:
        """“Chrome บน Windows จาก 192.0.2.7”; nothing of what the browser says is repeated."""
        browser = _first(_BROWSERS, self.agent) or "เบราว์เซอร์อื่น"
        system = _first(_SYSTEMS, self.agent)
        return f"{browser}{f' บน {system}' if system else ''} จาก {self.address or 'ที่อยู่ที่ไม่ทราบ'}"


def _first(names: dict[str, str], said: str) -> str:
    return next((name for mark, name in names.items() if mark in said), "")

"""The same examples of a commit's tests, whichever tests ran before them in their process."""

from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants


def draw_from_no_module() -> None:
    """Hypothesis also draws texts and numbers that stand in the code of loaded modules; no longer after this.

    Which modules are loaded depends on who shares a process, even where hypothesis draws by the test's name
    alone (`derandomize`). There is no setting for it: this is so in the hypothesis that pyproject.toml pins.
    """
    providers._get_local_constants = Constants
    providers.CONSTANTS_CACHE.cache.clear()

"""Docker's files agree with the code, with each other, and with what `init --compose` writes."""

import fnmatch
import importlib.util
import os
import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import click
import pytest
import yaml
from packaging.specifiers import SpecifierSet
from pydantic import BaseModel

from mochocho.app import init
from mochocho.app.asked_work import handed_over
from mochocho.app.commands.cli import cli
from mochocho.app.pipeline import worker
from mochocho.app.reachability import CONTAINER
from mochocho.app.web_forms.install import LOCKED
from mochocho.settings.config import ENV_PREFIX, FILE_NAME, Settings, load_settings
from sync.openrosa.browser.programs import BESIDE_PYTHON
from tests import needs
from tests.house.tree import PACKAGES, PACKED, PROJECT, ROOT, files_of_the_project

TEXT = (ROOT / "docker-compose.yml").read_text("utf-8")
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8").replace("\\\n", " ")
CADDYFILE = (ROOT / "deploy" / "Caddyfile").read_text("utf-8")
TO_SERVERS = (ROOT / "deploy" / "servers.yml").read_text("utf-8")
VARIABLE = re.compile(r"(?<!\$)\$\{([A-Z_]+)(?::([-?])([^}]*))?\}")
GIVEN = {
    "DOMAIN": "forms.example.go.th",
    "RUN_AS": "1000:1000",
}


def interpolated(text: str) -> str:
    """As Docker Compose does it: the value, else the default, else a refusal."""

    def value(found: re.Match[str]) -> str:
        name, way, default = found.groups()
        if name in GIVEN:
            return GIVEN[name]
        assert way == "-", f"{name} is not given, and has no default"
        return str(default)

    return VARIABLE.sub(value, text).replace("$$", "$")


COMPOSE: dict[str, Any] = yaml.safe_load(interpolated(TEXT))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if service["image"].startswith("mochocho:")}


def instructions(name: str) -> list[str]:
    return [line.split(" ", 1)[1] for line in DOCKERFILE.splitlines() if line.startswith(f"{name} ")]


def called(arguments: list[str]) -> tuple[click.Command, dict[str, Any]]:
    """The command that these words call and its options; click refuses what it does not know."""
    top = cli.make_context("mochocho", list(arguments))
    name, command, rest = cli.resolve_command(top, [*top._protected_args, *top.args])
    assert command is not None
    return command, {**top.params, **command.make_context(name, rest, parent=top).params}


def health() -> ModuleType:
    spec = importlib.util.spec_from_file_location("health", ROOT / "deploy" / "health.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# --- the files ---------------------------------------------------------------------------------------------


def test_every_file_stands_once_and_is_packed_from_there() -> None:
    assert init.TEMPLATES == ROOT
    written = {init.COMPOSE, init.EXAMPLE, init.PROXY.as_posix(), init.SERVERS.as_posix()}
    assert {name: f"mochocho/app/compose/{name}" for name in written} == PACKED
    for name in written:
        same = [p for p in files_of_the_project() if p.read_bytes() == (ROOT / name).read_bytes()]
        assert same == [ROOT / name]


def test_every_variable_is_explained_and_every_explained_one_used() -> None:
    example = (ROOT / ".env.example").read_text("utf-8")
    explained = dict(re.findall(r"(?m)^([A-Z_]+)=(.*)$", example))
    used = {found[0] for found in VARIABLE.findall(TEXT)}
    assert set(explained) == used
    required = {name for name, way, _ in VARIABLE.findall(TEXT) if way == "?"}
    assert required == {name for name, value in explained.items() if not value} == set(GIVEN)


def test_passwords_stand_in_files_alone() -> None:
    # Whoever may ask Docker, or list the processes of the machine, sees environments and commands.
    assert {secret["file"] for secret in COMPOSE["secrets"].values()} == {
        f"./{path.as_posix()}" for path in init.SECRETS
    }
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            if "PASSWORD" in name:
                assert name.endswith("_FILE")
                assert str(value).removeprefix("/run/secrets/") in service["secrets"]
    used = set(re.findall(r"/run/secrets/([a-z_]+)", TEXT))
    assert used == set(COMPOSE["secrets"]) == {path.name for path in init.SECRETS}


def test_every_secret_that_a_service_reads_is_given_to_it() -> None:
    for name, service in SERVICES.items():
        read = set(re.findall(r"/run/secrets/([a-z_]+)", str(service)))
        assert read == set(service.get("secrets", ())), name


@pytest.mark.parametrize("name", SERVICES)
def test_every_image_names_a_version(name: str) -> None:
    assert re.fullmatch(r"[a-z]+:[0-9]+[0-9.]*(-alpine)?", SERVICES[name]["image"])


def test_secrets_stay_out_of_git_and_out_of_the_image() -> None:
    assert ".env" in (ROOT / ".gitignore").read_text("utf-8").split()
    private = ("settings/mochocho.toml", "secrets/redis_password", "home/mochocho.db", "deploy/key.pem")
    for name in (".env", ".git/config", *private):
        assert ignored(name), name


# --- the commands ------------------------------------------------------------------------------------------


def test_what_runs_is_all_that_a_distributed_home_needs() -> None:
    names = sorted(str(called(service["command"])[0].name) for service in OURS.values())
    assert names == ["beat", "portal", "serve", "worker"]


@pytest.mark.parametrize("name", OURS)
def test_every_command_is_one_that_the_program_has(name: str) -> None:
    command, options = called(OURS[name]["command"])
    assert command.name in cli.commands
    settings = mount(OURS[name], "./settings")["target"]
    assert options["config"] == Path(settings, FILE_NAME)


def test_every_queue_is_heard_and_every_task_known() -> None:
    _, options = called(OURS["worker"]["command"])
    assert set(options) <= {
        "config",
        "verbose",
        "debug",
        "concurrency",
    }  # a worker chooses no queues: it hears all
    app = worker.make_app(Settings(database_url=URL, workers={"broker_url": BROKER}), handed_over.beside())
    queues = {queue.name for queue in app.conf.task_queues}
    routed = {route["queue"] for route in app.conf.task_routes.values()} | {app.conf.task_default_queue}
    assert routed == queues
    assert set(app.conf.task_routes) | {entry["task"] for entry in app.conf.beat_schedule.values()} <= set(
        app.tasks
    )


def test_workers_may_be_many() -> None:
    service = OURS["worker"]
    assert not {"container_name", "ports", "hostname"} & set(service)


# --- the settings ------------------------------------------------------------------------------------------

URL = "postgresql+psycopg://mochocho:of-PostgreSQL_0@postgres:5432/mochocho"
BROKER = "redis://:of-Redis_0@redis:6379/0"
PASSWORDS = {"postgres_password": "of-PostgreSQL_0", "redis_password": "of-Redis_0"}


def settable(model: type[BaseModel], prefix: str = ENV_PREFIX) -> Iterator[str]:
    """Every environment variable that sets something."""
    for name, field in model.model_fields.items():
        variable = f"{prefix}{name.upper()}"
        yield variable
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from settable(field.annotation, f"{variable}__")


@pytest.mark.parametrize("name", OURS)
def test_every_variable_is_a_setting(name: str) -> None:
    given = {variable.removesuffix("_FILE") for variable in OURS[name]["environment"]} - {"TZ"}
    assert given <= set(settable(Settings))


def test_they_make_one_distributed_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (shared,) = {tuple(service["environment"].items()) for service in OURS.values()}
    for name, password in PASSWORDS.items():
        (tmp_path / name).write_text(f"{password}\n", "ascii")
    for name, value in shared:
        monkeypatch.setenv(name, value.replace("/run/secrets", str(tmp_path)))
    settings = load_settings(init.write_settings(tmp_path, "ลำพูน"))
    assert settings.distributed
    assert settings.province == "ลำพูน"
    assert (settings.url, settings.workers.broker) == (URL, BROKER)
    assert settings.endpoint.public_url == "https://forms.example.go.th"
    assert settings.portal.public_url == "https://portal.localhost"
    # Where commands are called, and where what the portal asks for is erased: both write beside the backups.
    assert {str(settings.backup.folder)} == {
        mount(OURS[name], "./backups")["target"] for name in ("endpoint", "worker")
    }
    assert {settings.home.as_posix()} == {mount(service, "./home")["target"] for service in OURS.values()}


def test_the_hosts_in_them_are_services() -> None:
    database, cache = SERVICES["postgres"], SERVICES["redis"]
    assert database["environment"]["POSTGRES_USER"] == database["environment"]["POSTGRES_DB"] == "mochocho"
    ours = OURS["worker"]["environment"]
    assert database["environment"]["POSTGRES_PASSWORD_FILE"] == ours["MOCHOCHO_DATABASE_PASSWORD_FILE"]
    assert ours["MOCHOCHO_WORKERS__BROKER_PASSWORD_FILE"] in str(cache["command"])
    for service in OURS.values():
        assert set(service["depends_on"]) == {"postgres", "redis"}


# --- folders, networks, rights -----------------------------------------------------------------------------


def mount(service: dict[str, Any], source: str) -> dict[str, Any]:
    (found,) = (volume for volume in service["volumes"] if volume["source"] == source)
    return dict(found)


def test_every_folder_is_one_that_init_makes() -> None:
    mounted = [v for s in SERVICES.values() for v in s.get("volumes", ()) if isinstance(v, dict)]
    assert {volume["source"] for volume in mounted} == {f"./{name}" for name in init.FOLDERS}
    # Docker would make one that is missing as root, and nobody could write into it.
    assert all(volume["bind"] == {"create_host_path": False} for volume in mounted)
    named = [v.split(":")[0] for s in SERVICES.values() for v in s.get("volumes", ()) if isinstance(v, str)]
    assert set(named) == set(COMPOSE["volumes"])


def test_only_the_proxy_is_seen_from_outside() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    assert [name for name, service in SERVICES.items() if "outside" in service["networks"]] == ["proxy"]
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    assert all("network_mode" not in service for service in SERVICES.values())


def test_only_who_calls_central_or_kobo_is_let_out_and_only_when_asked_for() -> None:
    more = yaml.safe_load(TO_SERVERS)
    assert more["services"] == {name: {"networks": ["servers"]} for name in ("endpoint", "worker", "portal")}
    assert more["networks"] == {"servers": None}
    assert all("servers" not in service["networks"] for service in SERVICES.values())


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_can_do_as_little_as_it_needs(name: str) -> None:
    service = SERVICES[name]
    assert service["user"] not in ("root", "0", "0:0")
    assert service["read_only"]
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert service.get("cap_add", []) in ([], ["NET_BIND_SERVICE"])
    assert "privileged" not in service


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_is_asked_whether_it_is_well(name: str) -> None:
    test = SERVICES[name]["healthcheck"]["test"]
    assert test[0] in ("CMD", "CMD-SHELL")
    if name in OURS:
        assert test[1:3] == ["python", "/opt/mochocho/health.py"]
        assert test[3] in health().CHECKS
        assert test[3] == name


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_has_its_share_of_the_machine(name: str) -> None:
    service = SERVICES[name]
    assert re.fullmatch(r"[0-9]+[mg]", service["mem_limit"])
    assert 0 < service["pids_limit"] <= 1024
    assert service["environment"]["TZ"] == "Asia/Bangkok"


def test_a_worker_may_hold_what_its_processes_may_grow_to() -> None:
    _, options = called(OURS["worker"]["command"])
    grown = Settings().workers.process_mb * options["concurrency"]
    assert (
        in_mb(OURS["worker"]["mem_limit"]) >= 1.5 * grown
    )  # a sheet is finished before a process is replaced


def test_a_command_beside_the_endpoint_may_make_a_packet() -> None:
    # That of 149 units was ended for its memory at 512 MB, which is what a service has of its own.
    own = in_mb(SERVICES["beat"]["mem_limit"])
    assert in_mb(OURS["endpoint"]["mem_limit"]) >= own + 1.5 * Settings().workers.process_mb


def test_redis_refuses_before_it_is_ended_for_its_memory_and_drops_nothing() -> None:
    said = str(SERVICES["redis"]["command"])
    (most,) = re.findall(r"maxmemory ([0-9]+mb)", said)
    assert in_mb(most.removesuffix("b")) <= 0.75 * in_mb(SERVICES["redis"]["mem_limit"])
    assert "maxmemory-policy noeviction" in said


def in_mb(size: str) -> int:
    return int(size[:-1]) * {"m": 1, "g": 1024}[size[-1]]


def test_one_service_builds_the_image_and_the_others_wait_for_it() -> None:
    assert [name for name, service in SERVICES.items() if "build" in service] == ["endpoint"]
    # No registry is asked for it, which might give another's of this name.
    assert {service["pull_policy"] for service in OURS.values()} == {"never"}


@pytest.mark.parametrize("domain", ["forms.example.go.th", "localhost"])
def test_caddy_takes_its_file(domain: str, tmp_path: Path) -> None:
    """Whatever version is here, the least that the file asks for or a newer one."""
    needs.need("caddy")
    said = subprocess.run(["caddy", "version"], capture_output=True, text=True, check=True, timeout=60).stdout
    version = tuple(int(number) for number in re.findall(r"[0-9]+", said)[:2])
    (least,) = re.findall(r"Caddy ([0-9.]+) or newer", CADDYFILE)
    assert version >= tuple(int(number) for number in least.split("."))
    environment = {**os.environ, "DOMAIN": domain, "HOME": str(tmp_path)}
    call = ["caddy", "validate", "--adapter", "caddyfile", "--config", str(ROOT / "deploy" / "Caddyfile")]
    found = subprocess.run(call, capture_output=True, text=True, timeout=60, env=environment, check=False)
    assert found.returncode == 0, found.stderr
    assert "not formatted" not in found.stderr


def test_the_proxy_leads_to_the_endpoint() -> None:
    _, options = called(OURS["endpoint"]["command"])
    assert f"reverse_proxy endpoint:{options['port']}\n" in CADDYFILE
    assert f"http://127.0.0.1:{options['port']}" == health().ENDPOINT
    for setting, inside, outside in (("http_port", "8080", "80"), ("https_port", "8443", "443")):
        assert re.search(rf"\b{setting} {inside}\b", CADDYFILE)
        assert f"{outside}:{inside}" in SERVICES["proxy"]["ports"]
    assert "http://127.0.0.1:8081 {" in CADDYFILE
    assert SERVICES["proxy"]["healthcheck"]["test"][-1] == "http://127.0.0.1:8081/"
    assert mount(SERVICES["proxy"], "./deploy")["target"] == "/etc/caddy"


def test_the_proxy_leads_to_the_portal_under_a_name_of_its_own() -> None:
    _, options = called(OURS["portal"]["command"])
    assert f"reverse_proxy portal:{options['port']}\n" in CADDYFILE
    assert f"http://127.0.0.1:{options['port']}" == health().PORTAL
    assert options["no_browser"]
    assert re.search(r"(?m)^\{\$PORTAL_DOMAIN:portal\.localhost\} \{$", CADDYFILE)
    assert "PORTAL_DOMAIN" in SERVICES["proxy"]["environment"]


def test_the_proxy_writes_no_token_down() -> None:
    # Each address holds one; Caddy logs the request of whatever fails.
    assert re.search(
        r"log default \{\s*format filter \{\s*wrap json\s*fields \{\s*request delete\s*\}", CADDYFILE
    )
    assert len(re.findall(r"(?m)^\s*log\b", CADDYFILE)) == 1


# --- the image ---------------------------------------------------------------------------------------------


def ignored(name: str) -> bool:
    """Whether .dockerignore keeps a file out: the last line that fits decides."""
    out = False
    for line in (ROOT / ".dockerignore").read_text("utf-8").split("\n"):
        pattern = line.removeprefix("!").removeprefix("**/")
        if not line or line.startswith("#"):
            continue
        parts = Path(name).parts
        whole = ["/".join(parts[: n + 1]) for n in range(len(parts))]
        if any(
            fnmatch.fnmatch(path, pattern) for path in (whole if line[0] != "*" or line == "*" else parts)
        ):
            out = not line.startswith("!")
    return out


def test_the_image_is_of_this_version() -> None:
    assert {service["image"] for service in OURS.values()} == {f"mochocho:{PROJECT['project']['version']}"}


def test_it_is_built_from_a_slim_python_that_the_project_supports() -> None:
    version = re.findall(r"(?m)^ARG PYTHON=([0-9.]+)-slim$", DOCKERFILE)
    assert len(version) == 1
    assert version[0] in SpecifierSet(PROJECT["project"]["requires-python"])
    images = [line.split(" ")[0] for line in instructions("FROM")]
    assert images == ["node:${NODE}", "python:${PYTHON}", "python:${PYTHON}"]


def test_it_holds_locked_packages_with_hashes_and_none_for_developers() -> None:
    (install,) = (line for line in DOCKERFILE.split("&&") if "-r pyproject.toml" in line)
    words = shlex.split(install)
    assert "--require-hashes" in words
    assert words[words.index("-c") + 1] == "requirements.lock"
    extra = PROJECT["project"]["optional-dependencies"][words[words.index("--extra") + 1]]
    assert {re.split(r"[\[>]", requirement)[0] for requirement in extra} == {"celery", "psycopg"}
    assert "--group" not in DOCKERFILE
    assert "dev" not in DOCKERFILE.split()


def test_it_holds_what_fills_forms_in_a_browser_as_its_lock_says() -> None:
    locked = {f"mochocho/app/web_forms/{name}" for name in LOCKED}
    assert locked <= {one for line in instructions("COPY") for one in line.split()}
    (npm,) = (line for line in instructions("RUN") if line.startswith("npm "))
    assert npm.startswith("npm ci --ignore-scripts ")
    (keep,) = (line for line in instructions("RUN") if " -m mochocho.app.web_forms.install " in line)
    assert Path(keep.partition(" && ")[0].split()[-1]) == Path("/opt/mochocho") / BESIDE_PYTHON.name
    assert "chmod -R a+rX" in keep  # whoever runs it reads them
    assert "/opt/mochocho" in {line.split()[-1] for line in instructions("COPY") if "--from=build" in line}


def test_it_runs_as_nobody_and_starts_the_program() -> None:
    last = DOCKERFILE.rsplit("\nFROM ", 1)[1]
    assert re.findall(r"(?m)^USER (.*)$", last) == [f"{init.NOBODYS[0]}:{init.NOBODYS[1]}"]
    assert instructions("ENTRYPOINT") == ['["mochocho"]']
    assert "mochocho" in PROJECT["project"]["scripts"]


def test_it_is_given_what_it_is_built_from_and_nothing_else() -> None:
    for name in (
        "pyproject.toml",
        "requirements.lock",
        "deploy/health.py",
        *PACKED,
        *PROJECT["project"]["license-files"],
    ):
        assert not ignored(name), name
    assert not ignored(PROJECT["project"]["readme"])
    for package in PACKAGES:
        assert not ignored(f"{package}/__init__.py")
        assert ignored(f"{package}/__pycache__/x.cpython-313.pyc")
    for name in ("tests/conftest.py", "docs/cli.md", "uv.lock", ".venv/bin/python"):
        assert ignored(name), name


def test_it_knows_that_it_is_a_container() -> None:
    assert f"{CONTAINER}=1" in instructions("ENV")[-1].split()


def test_it_copies_what_is_there() -> None:
    for line in instructions("COPY"):
        if "--from" not in line:
            assert all((ROOT / source).exists() for source in line.split()[:-1]), line


# --- a folder of one's own ---------------------------------------------------------------------------------


def test_what_init_writes_is_complete(tmp_path: Path) -> None:
    init.write_compose(tmp_path / "server", "เชียงราย", "forms.example.go.th")
    written = dict(re.findall(r"(?m)^([A-Z_]+)=(.+)$", (tmp_path / "server" / ".env").read_text("utf-8")))
    assert {name for name, way, _ in VARIABLE.findall(TEXT) if way == "?"} <= set(written)
    for service in SERVICES.values():
        for volume in service.get("volumes", ()):
            if isinstance(volume, dict):
                assert (tmp_path / "server" / volume["source"]).is_dir()
    (command,) = (s["command"] for s in OURS.values() if "worker" in s["command"])
    inside = Path(command[command.index("--config") + 1])
    assert (tmp_path / "server" / "settings" / inside.name).is_file()
    assert load_settings(tmp_path / "server" / "settings" / inside.name).province == "เชียงราย"
    assert (tmp_path / "server" / "deploy" / "Caddyfile").read_text("utf-8") == CADDYFILE
    assert (tmp_path / "server" / "deploy" / "servers.yml").read_text("utf-8") == TO_SERVERS


def test_what_init_writes_keeps_the_passwords_apart(tmp_path: Path) -> None:
    folder = tmp_path / "server"
    init.write_compose(folder, "เชียงราย", "forms.example.go.th")
    found = {name: (folder / name).read_text("ascii") for name in init.SECRETS}
    assert len(set(found.values())) == len(found) == 2
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{40,}", password) for password in found.values())
    # Another user's process in a container must read the file; on the machine nobody gets as far.
    assert {(folder / name).stat().st_mode & 0o777 for name in init.SECRETS} == {0o444}
    assert {(folder / name).parent.stat().st_mode & 0o777 for name in init.SECRETS} == {0o700}
    assert not any(password in (folder / ".env").read_text("utf-8") for password in found.values())

"""The image: small, without rights, and without anything that is not meant for it."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
BUILD, FINAL = re.split(r"^FROM .*$", DOCKERFILE, flags=re.MULTILINE)[1:]


def test_nobody_in_the_container_is_root() -> None:
    users = re.findall(r"^USER (\S+)$", FINAL, re.MULTILINE)
    assert users, "the image must name a user"
    assert users[-1].split(":")[0].isdigit(), "a number can be checked by whoever runs the image"
    assert not users[-1].startswith("0")


def test_every_package_is_checked_by_its_hash() -> None:
    assert "--require-hashes -r requirements.lock" in BUILD
    assert "--only-binary :all:" in BUILD
    lines = (ROOT / "requirements.lock").read_text("utf-8").splitlines()
    packages = [line for line in lines if re.match(r"[a-z0-9]", line)]
    assert packages
    assert all("==" in package and package.endswith("\\") for package in packages)
    assert not any("://" in line for line in lines)


def test_nothing_is_installed_in_the_final_image() -> None:
    assert not re.search(r"\b(apt-get|apk|pip|gcc)\b", FINAL)


def test_production_is_the_only_way_to_run_it_by_default() -> None:
    assert "PLANRAUM_ENVIRONMENT=production" in FINAL
    assert not re.search(r"(PASSWORD|SECRET|_KEY|TOKEN)\s*=", DOCKERFILE)


def test_it_can_be_asked_and_stopped() -> None:
    assert "HEALTHCHECK" in FINAL
    assert "/readyz" in FINAL
    assert "STOPSIGNAL SIGTERM" in FINAL
    assert "EXPOSE 8000" in FINAL


def test_the_image_takes_only_what_is_named() -> None:
    ignored = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    taken = {line[1:] for line in ignored if line.startswith("!")}
    assert "*" in ignored
    copied = set(re.findall(r"^COPY (?!--from)(\S+) ", DOCKERFILE, re.MULTILINE))
    assert copied == taken
    assert all((ROOT / name).exists() for name in taken)

#!/usr/bin/env python3
"""Benchmarks as ratios to yardsticks that run beside them, command by command in turn, so that a noisy machine hurts both.

Every figure is the median of several runs: wall time of the whole process and its peak memory. Yardsticks that are not
installed (syft, hadolint) are left out aloud.
"""
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

BINARY = sys.argv[1]
ROOT = os.getcwd()
RUNS = int(os.environ.get("BENCH_RUNS", "7"))


def once(command, environment, directory):
    with open(os.devnull, "wb") as null:
        started = time.monotonic()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=null, stderr=null, env=environment, cwd=directory)
        _, status, usage = os.wait4(process.pid, 0)
        return time.monotonic() - started, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status)


def pair(title, ours, yardstick, environment, directory, runs=RUNS, codes=(0,)):
    """Runs both in turn and prints medians; the yardstick may be None."""
    if yardstick is not None and shutil.which(yardstick[0]) is None:
        print(f"{title:44} (no {yardstick[0]} here: not compared)")
        yardstick = None
    mine, theirs = [], []
    once(ours, environment, directory)
    if yardstick:
        once(yardstick, environment, directory)
    for _ in range(runs):
        mine.append(once(ours, environment, directory))
        if yardstick:
            theirs.append(once(yardstick, environment, directory))
    bad = [code for _, _, code in mine if code not in codes]
    if bad:
        print(f"{title:44} FAILED with exit code {bad[0]}")
        return False
    seconds = statistics.median(t for t, _, _ in mine)
    memory = statistics.median(m for _, m, _ in mine)
    line = f"{title:44} {seconds * 1000:9.1f} ms {memory:7.0f} MiB"
    if theirs:
        other = statistics.median(t for t, _, _ in theirs)
        other_memory = statistics.median(m for _, m, _ in theirs)
        ratio = statistics.median(a[0] / b[0] for a, b in zip(mine, theirs))
        line += f"   {os.path.basename(yardstick[0])}: {other * 1000:9.1f} ms {other_memory:7.0f} MiB   time ratio {ratio:6.2f}"
    print(line, flush=True)
    return True


def dockerfiles(folder, count):
    """Synthetic Dockerfiles of the sizes that people write; nothing of them is anybody's."""
    names = []
    for index in range(count):
        lines = [f"# file {index}", "ARG VERSION=24", "FROM node:${VERSION}-slim AS build", "WORKDIR /app"]
        for step in range(2 + index % 9):
            lines.append(f"RUN set -eux; \\\n    mkdir -p /data/{step}; \\\n    echo \"step {step}\" > /data/{step}/log")
        lines += ["COPY package*.json ./", "RUN npm ci", f"ENV A={index} B=\"two words\"", "FROM node:24-slim"]
        lines += ["COPY --from=build /app /app", "USER node", "EXPOSE 3000", "CMD [\"node\", \"index.js\"]"]
        name = os.path.join(folder, f"Dockerfile.{index}")
        with open(name, "w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
        names.append(name)
    return names


def debian_image(folder):
    """A Debian root of about 200 MB as a docker-archive; None where the tools are not there."""
    for tool in ("debootstrap", "skopeo", "umoci"):
        if shutil.which(tool) is None:
            print(f"(no {tool} here: the Debian image is left out)")
            return None
    root, layout, archive = (os.path.join(folder, name) for name in ("root", "layout", "debian.tar"))
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "check": True}
    subprocess.run(["debootstrap", "--variant=minbase", "--include=perl,git,curl,python3", "bookworm", root], **quiet)
    subprocess.run(["umoci", "init", "--layout", layout], **quiet)
    subprocess.run(["umoci", "new", "--image", f"{layout}:debian"], **quiet)
    subprocess.run(["umoci", "insert", "--image", f"{layout}:debian", root, "/"], **quiet)
    subprocess.run(["skopeo", "copy", f"oci:{layout}:debian", f"docker-archive:{archive}:debian:bench"], **quiet)
    shutil.rmtree(root)
    return archive


def main():
    scratch = tempfile.mkdtemp(prefix="seaworthy-bench-")
    try:
        environment = dict(os.environ, SEAWORTHY_HOME=os.path.join(scratch, "home"), SEAWORTHY_CONTENT=ROOT)
        environment["DOCKER_USERNAME"] = "acme"
        workspace = os.path.join(ROOT, "solutions/securing-your-image/non-root-user")
        context = os.path.join(scratch, "context")
        shutil.copytree(os.path.join(ROOT, "lessons/securing-your-image/workspace"), context)
        shutil.copytree(workspace, context, dirs_exist_ok=True)
        build = [BINARY, "build", "-t", "acme/memes-r-us", "--sbom=true", "--provenance=mode=max", "--load", "--progress=plain", context]
        ok = pair("start-up (version)", [BINARY, "version"], ["/bin/true"], environment, scratch, runs=20)
        files = dockerfiles(scratch, 500)
        ok &= pair("parse of 500 Dockerfiles, one process each: 1", [BINARY, "dockerfile", "parse", files[0], "--json"], ["hadolint", "--no-fail", files[0]], environment, scratch)
        whole = os.path.join(scratch, "Dockerfile.all")
        with open(whole, "w", encoding="utf-8") as file:
            for name in files:
                with open(name, encoding="utf-8") as part:
                    file.write(part.read())
        ok &= pair("parse of 500 Dockerfiles in one file", [BINARY, "dockerfile", "parse", whole], ["cat", *files], environment, scratch, codes=(0, 65))
        ok &= pair("symbolic build of the lesson's image", build, ["sha256sum", *files], environment, scratch)
        ok &= pair("quickview of the lesson's image, warm", [BINARY, "scout", "quickview", "acme/memes-r-us"], ["/bin/true"], environment, scratch)
        archive = debian_image(scratch)
        if archive:
            size = os.path.getsize(archive) / 1e6
            print(f"(the Debian image is {size:.0f} MB)")
            analyse = [BINARY, "scout", "sbom", f"archive://{archive}"]
            ok &= pair("analysis of the Debian image", analyse, ["sha256sum", archive], environment, scratch, runs=3)
            ok &= pair("analysis of the Debian image", analyse, ["syft", "scan", "-q", "-o", "json", f"docker-archive:{archive}"], environment, scratch, runs=3)
        return 0 if ok else 1
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


sys.exit(main())

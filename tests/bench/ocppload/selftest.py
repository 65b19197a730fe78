#!/usr/bin/env python3
"""Checks that ocppload passes a correct server and catches each kind of faulty one.

    selftest.py PATH-OF-OCPPLOAD      (loopback only, about 25 s)
"""
import asyncio
import base64
import hashlib
import json
import struct
import subprocess
import sys

NOW = "2026-01-01T00:00:00Z"
RESULTS = {"Heartbeat": {"currentTime": NOW},
           "BootNotification": {"status": "Accepted", "currentTime": NOW, "interval": 300}}
TEXT, CLOSE, PING, PONG = 1, 8, 9, 10


def frame(opcode, payload, final=True):
    head = bytes([(0x80 if final else 0) | opcode])
    n = len(payload)
    return head + (bytes([n]) if n < 126 else struct.pack("!BH", 126, n)) + payload


def result(uid, payload):
    return frame(TEXT, json.dumps([3, uid, payload]).encode())


class Server:
    """A WebSocket server with one fault (or none), that counts the CALLs of each connection."""

    def __init__(self, fault):
        self.fault, self.held = fault, []

    async def handle(self, reader, writer):
        try:
            await self.session(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def upgrade(self, reader, writer):
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        fields = dict(line.split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
        if self.fault == "auth":
            user, password = base64.b64decode(fields["Authorization"].split()[1]).decode().split(":", 1)
            if password != "secret" or not head.startswith(f"GET /ocpp/{user} HTTP/1.1"):
                return False
        key = fields["Sec-WebSocket-Key"] + ("x" if self.fault == "accept key" else "")
        accept = hashlib.sha1((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").encode()).digest()
        protocol = "ocpp0.9" if self.fault == "subprotocol" else fields["Sec-WebSocket-Protocol"]
        writer.write(("HTTP/1.1 101 Switching Protocols\r\nupgrade: WebSocket\r\nConnection: keep-alive, Upgrade\r\n"
                      f"Sec-WebSocket-Accept: {base64.b64encode(accept).decode()}\r\n"
                      f"Sec-WebSocket-Protocol: {protocol}\r\n\r\n").encode())
        return True

    async def read_frame(self, reader):
        b0, b1 = await reader.readexactly(2)
        assert b0 & 0x80 and b1 & 0x80, "client frames are whole and masked"
        n = b1 & 127
        if n == 126:
            n, = struct.unpack("!H", await reader.readexactly(2))
        mask = await reader.readexactly(4)
        return b0 & 15, bytes(b ^ mask[i % 4] for i, b in enumerate(await reader.readexactly(n)))

    async def session(self, reader, writer):
        if not await self.upgrade(reader, writer):
            return
        calls = 0
        while True:
            opcode, data = await self.read_frame(reader)
            if opcode == CLOSE:
                writer.write(frame(CLOSE, data))
                return
            if opcode == PONG:
                assert data == b"are you there", data
            elif opcode == PING:
                if self.fault != "no pong":
                    writer.write(frame(PONG, data))
            else:
                message = json.loads(data.decode())
                if message[0] == 2:
                    calls += 1
                    await self.answer(writer, message[1], message[2], calls)
                else:
                    assert message[:2] == [3, "from-server"] and message[2]["status"] == "Accepted", message

    async def dribble(self, writer, uid, payload, calls):
        """Correct, but in the most awkward pieces."""
        text = json.dumps([3, uid, payload]).encode()
        if calls % 10 == 2:
            writer.write(frame(TEXT, b'[2,"from-server","Reset",{"type":"Soft"}]'))
        wire = frame(TEXT, text[:9], False) + frame(PING, b"are you there") + frame(0, text[9:])
        for i in range(0, len(wire), 3):
            writer.write(wire[i:i + 3])
            await writer.drain()
            await asyncio.sleep(0)

    async def answer(self, writer, uid, action, calls):
        payload = RESULTS.get(action, {})
        if self.fault == "dribble":
            return await self.dribble(writer, uid, payload, calls)
        fault = self.fault if calls == 3 else ""
        if self.fault == "slow reader" and calls > 1000:
            return writer.close()
        if fault == "silent":
            return
        if fault == "late":
            await asyncio.sleep(1.6)
        if fault == "drop":
            return writer.close()
        if fault == "unknown id":
            uid = "no-such-id"
        if fault == "payload":
            payload = {"currentTime": NOW, "interval": 1}
        if fault == "malformed":
            return writer.write(frame(TEXT, b'[3,"' + uid.encode() + b'",{]'))
        if fault == "callerror":
            return writer.write(frame(TEXT, json.dumps([4, uid, "InternalError", "", {}]).encode()))
        if fault == "crossed":  # answers of two connections exchanged
            self.held.append((writer, uid, payload))
            if len(self.held) == 2:
                (w1, u1, p1), (w2, u2, p2) = self.held
                self.held = []
                w1.write(result(u2, p2))
                w2.write(result(u1, p1))
            return
        writer.write(result(uid, payload) * (2 if fault == "twice" else 1))


async def run(ocppload, fault, *options):
    server = await asyncio.start_server(Server(fault).handle, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    process = await asyncio.create_subprocess_exec(
        ocppload, "--port", str(port), "--connections", "4", "--duration", "1", "--warmup", "0.2", "--call-timeout", "1",
        "--connect-timeout", "2", "--quiet", "--json", *options, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    out, err = await asyncio.wait_for(process.communicate(), 30)
    server.close()
    return process.returncode, json.loads(out) if out else {}, err.decode()


# name, fault, options, what else must hold of the report
PASSES = [
    ("plain", "", [], lambda r: True),
    ("rate mode", "", ["--mode", "rate", "--rate", "20"], lambda r: True),
    ("all versions", "", ["--ocpp", "1.6,2.0.1,2.1"], lambda r: True),
    ("idle mode", "", ["--mode", "idle"], lambda r: r["measured"]["sent"] == 0),
    ("basic auth", "auth", ["--basic-auth", "secret"], lambda r: True),
    ("fragments, pings, server CALLs, partial reads", "dribble", [],
     lambda r: r["whole_run"]["server_calls"] > 0 and r["whole_run"]["server_pings"] > 0),
    ("CALLERROR allowed", "callerror", ["--allow-callerror"], lambda r: r["whole_run"]["callerrors"] == 4),
    ("pings of its own", "", ["--mode", "idle", "--ping-interval", "0.1"], lambda r: r["whole_run"]["pings"] >= 20),
    ("frozen charge points", "", ["--mode", "idle", "--frozen", "2"],
     lambda r: r["frozen"]["sent"] > 100 and r["frozen"]["ended_by_server"] == 0),
    ("frozen charge points that the server ends", "slow reader", ["--mode", "idle", "--frozen", "2", "--duration", "4"],
     lambda r: r["frozen"]["ended_by_server"] == 2 and r["frozen"]["last_ended_after_s"] > 0),
]
CATCHES = [
    ("silent", "whole_run", "lost"), ("silent", "whole_run", "timeouts"), ("late", "whole_run", "late"),
    ("drop", "connections", "dropped"), ("unknown id", "whole_run", "unknown_ids"),
    ("crossed", "whole_run", "unknown_ids"), ("twice", "whole_run", "duplicate_answers"),
    ("payload", "whole_run", "wrong_payloads"), ("malformed", "whole_run", "malformed"),
    ("callerror", "whole_run", "callerrors"), ("no pong", "whole_run", "pings_unanswered"),
]
REFUSES = [
    ("accept key", [], "wrong Sec-WebSocket-Accept"), ("subprotocol", [], "did not select the subprotocol"),
    ("auth", ["--basic-auth", "wrong"], "end of stream"),
]


async def main(ocppload):
    failed = 0

    def check(name, condition, detail):
        nonlocal failed
        failed += not condition
        print("ok    " if condition else "FAILED", name, "" if condition else detail)

    for name, fault, options, holds in PASSES:
        code, report, err = await run(ocppload, fault, *options)
        good = code == 0 and report["ok"] and report["whole_run"]["lost"] == 0
        good = good and report["connections"]["closed_cleanly"] == 4 and holds(report)
        check(name, good, (code, report, err))
    for fault, group, counter in CATCHES:
        options = ["--mode", "idle", "--ping-interval", "0.5"] if fault == "no pong" else ["--duration", "3"]
        code, report, err = await run(ocppload, fault, *options)
        check(f"catches: {fault} ({counter})", code == 1 and report[group][counter] > 0, (code, report, err))
    for fault, options, text in REFUSES:
        code, report, err = await run(ocppload, fault, *options)
        check(f"refuses: {fault}", code == 2 and text in err, (code, report, err))
    print("selftest failed" if failed else "selftest passed")
    return 1 if failed else 0


if len(sys.argv) != 2:
    sys.exit(__doc__)
sys.exit(asyncio.run(main(sys.argv[1])))

// A client that may say anything: a TCP socket, HTTP heads and WebSocket frames made by hand.
import { once } from 'node:events';
import net from 'node:net';
import { within } from './harness.mjs';

export const opcode = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 };

/** One WebSocket frame; the defaults make a correct one of a client. */
export function frame(code, payload = '', { final = true, masked = true, reserved = 0, claimed } = {}) {
  const body = Buffer.from(payload);
  const length = claimed ?? body.length;
  const head = [(final ? 0x80 : 0) | (reserved << 4) | code];
  const mask = masked ? 0x80 : 0;
  const wide = Buffer.alloc(8);
  wide.writeBigUInt64BE(BigInt(length));
  if (length < 126) head.push(mask | length);
  else if (length < 65536) head.push(mask | 126, ...wide.subarray(6));
  else head.push(mask | 127, ...wide);
  if (!masked) return Buffer.concat([Buffer.from(head), body]);
  const key = [0x37, 0xfa, 0x21, 0x3d];
  return Buffer.concat([Buffer.from([...head, ...key]), body.map((byte, i) => byte ^ key[i % 4])]);
}

export function upgradeRequest(target, { method = 'GET', version = 'HTTP/1.1', headers = {}, extra = [] } = {}) {
  const all = {
    Host: 'localhost',
    Upgrade: 'websocket',
    Connection: 'Upgrade',
    'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Protocol': 'ocpp1.6',
    ...headers,
  };
  const lines = Object.entries(all).filter(([, value]) => value !== undefined);
  return [`${method} ${target} ${version}`, ...lines.map(([k, v]) => `${k}: ${v}`), ...extra, '', ''].join('\r\n');
}

export class RawSocket {
  static async connect(port) {
    const socket = net.connect({ port, host: '127.0.0.1', noDelay: true });
    await within(once(socket, 'connect'), 'the TCP connection');
    return new RawSocket(socket);
  }

  constructor(socket) {
    this.socket = socket;
    this.received = Buffer.alloc(0);
    this.ended = false;
    this.wake = () => {};
    socket.on('data', (bytes) => {
      this.received = Buffer.concat([this.received, bytes]);
      this.wake();
    });
    socket.on('error', () => {}); // a reset is an end like another
    socket.on('close', () => {
      this.ended = true;
      this.wake();
    });
    socket.on('end', () => {
      this.ended = true;
      this.wake();
    });
  }

  write(bytes) {
    if (!this.socket.destroyed) this.socket.write(bytes);
  }

  destroy() {
    this.socket.destroy();
  }

  /** Settles with what `take` gives, once it gives something; undefined when the connection ends before. */
  async next(take, what) {
    const look = async () => {
      for (;;) {
        const taken = take();
        if (taken !== undefined) return taken;
        if (this.ended) return undefined;
        await new Promise((resolve) => (this.wake = resolve));
      }
    };
    return within(look(), what);
  }

  /** The next HTTP answer; undefined: the connection ended without one. */
  async response() {
    const head = await this.next(() => {
      const end = this.received.indexOf('\r\n\r\n');
      if (end < 0) return undefined;
      const text = this.received.subarray(0, end).toString('latin1');
      this.received = this.received.subarray(end + 4);
      return text;
    }, 'an HTTP answer');
    if (head === undefined) return undefined;
    const [line, ...lines] = head.split('\r\n');
    const headers = Object.fromEntries(
      lines.map((text) => [text.slice(0, text.indexOf(':')).toLowerCase(), text.slice(text.indexOf(':') + 1).trim()]),
    );
    const length = Number(headers['content-length'] ?? 0);
    const body = await this.next(() => {
      if (this.received.length < length) return undefined;
      const text = this.received.subarray(0, length).toString();
      this.received = this.received.subarray(length);
      return text;
    }, 'the body of an HTTP answer');
    return { status: Number(line.split(' ')[1]), headers, body };
  }

  /** The next frame of the gateway; undefined: the connection ended. */
  async frame() {
    return this.next(() => {
      const b = this.received;
      if (b.length < 2) return undefined;
      let size = b[1] & 0x7f;
      let head = 2;
      if (size === 126) {
        if (b.length < 4) return undefined;
        size = b.readUInt16BE(2);
        head = 4;
      } else if (size === 127) {
        if (b.length < 10) return undefined;
        size = Number(b.readBigUInt64BE(2));
        head = 10;
      }
      if (b.length < head + size) return undefined;
      const payload = Buffer.from(b.subarray(head, head + size));
      this.received = b.subarray(head + size);
      return { code: b[0] & 0x0f, payload };
    }, 'a frame of the gateway');
  }

  async text() {
    let got = await this.frame();
    while (got?.code === opcode.pong) got = await this.frame();  // a pong may come late
    if (got?.code !== opcode.text) throw new Error(`expected a text message, got ${JSON.stringify(got)}`);
    return got.payload.toString();
  }

  /** The code of the gateway's Close; 1006: the connection ended without one. */
  async closeCode() {
    for (;;) {
      const got = await this.frame();
      if (got === undefined) return 1006;
      if (got.code !== opcode.close) continue;
      this.write(frame(opcode.close, got.payload.subarray(0, 2)));
      return got.payload.length >= 2 ? got.payload.readUInt16BE(0) : 1005;
    }
  }

  async end() {
    await this.next(() => (this.ended ? true : undefined), 'the end of the connection');
  }
}

/** A raw socket that has been upgraded. */
export async function upgraded(port, identity) {
  const raw = await RawSocket.connect(port);
  raw.write(upgradeRequest(`/ocpp/${identity}`));
  const response = await raw.response();
  if (response?.status !== 101) throw new Error(`not upgraded: ${JSON.stringify(response)}`);
  return raw;
}

import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { openOwnWire } from './own-wire.ts';
import type { Wire } from './wire.ts';

/** A server that answers each request as `answer` says, and what it heard. */
async function server(answer: (request: string, socket: Socket) => void): Promise<{ url: string; heard: string[] }> {
  const heard: string[] = [];
  const made = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    let text = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      text = Buffer.concat([text, chunk]);
      const end = text.indexOf('\r\n\r\n');
      const length = Number(/content-length: (\d+)/.exec(text.toString('latin1'))?.[1]);
      if (end < 0 || text.length < end + 4 + length) return;
      heard.push(text.toString());
      const body = text.subarray(end + 4).toString();
      text = Buffer.alloc(0);
      answer(body, socket);
    });
  });
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
  servers.push(made);
  return { url: `http://127.0.0.1:${(made.address() as { port: number }).port}`, heard };
}
const sockets = new Set<Socket>();
const servers: Server[] = [];
const wires: Wire[] = [];
const wireTo = (url: string): Wire => {
  const wire = openOwnWire(url);
  wires.push(wire);
  return wire;
};
const ok = (body: string, status = '200 OK') =>
  Buffer.from(`HTTP/1.1 ${status}\r\nContent-Type: x\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);

afterEach(() => {
  for (const wire of wires.splice(0)) wire.close();
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  for (const made of servers.splice(0)) made.close();
});

describe('the wire to our own database', () => {
  it('sends bodies of any letters with their length in bytes, and says the status', async () => {
    const { url, heard } = await server((body, socket) => socket.write(ok(`${body}!`, '400 Bad Request')));
    expect(await wireTo(url).post('x-a: b\r\n', '花径')).toEqual({ status: 400, text: '花径!' });
    expect(heard[0]).toBe(`POST / HTTP/1.1\r\nhost: ${new URL(url).host}\r\nx-a: b\r\ncontent-length: 6\r\n\r\n花径`);
  });

  it('puts an answer together that comes in pieces, cut anywhere', async () => {
    const long = '触达→初体验'.repeat(2000);
    const { url } = await server(async (_, socket) => {
      const bytes = ok(long);
      for (const cut of [0, 9, 31, 60, 61, 70, 40_001]) {
        const next = [9, 31, 60, 61, 70, 40_001, bytes.length].find((place) => place > cut)!;
        socket.write(bytes.subarray(cut, next));
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    });
    const wire = wireTo(url);
    expect(await wire.post('', 'one')).toEqual({ status: 200, text: long });
    expect((await wire.post('', 'two')).text).toBe(long);
  });

  it('asks many things at once over a few connections, each gets its own answer', async () => {
    const { url } = await server((body, socket) => setTimeout(() => socket.write(ok(body)), Math.random() * 5));
    const wire = wireTo(url);
    const bodies = Array.from({ length: 200 }, (_, n) => `question ${n}`);
    const answers = await Promise.all(bodies.map((body) => wire.post('', body)));
    expect(answers.map(({ text }) => text)).toEqual(bodies);
    expect(sockets.size).toBeLessThanOrEqual(16);
  });

  it('fails as a socket does when the server goes away, and goes on when it is back', async () => {
    let dies = true;
    const { url } = await server((body, socket) => (dies ? socket.destroy() : socket.write(ok(body))));
    const wire = wireTo(url);
    const cut = await Promise.allSettled(Array.from({ length: 40 }, (_, n) => wire.post('', `${n}`)));
    expect(new Set(cut.map((one) => one.status === 'rejected' && 'syscall' in one.reason))).toEqual(new Set([true]));
    dies = false;
    expect((await wire.post('', 'again')).text).toBe('again');
    const nobody = await wireTo('http://127.0.0.1:1')
      .post('', '')
      .catch((error) => error);
    expect(nobody).toMatchObject({ code: 'ECONNREFUSED', syscall: 'connect' });
  });

  it('leaves nobody waiting, and opens nothing more, when it is closed', async () => {
    const { url, heard } = await server(() => {});
    const wire = wireTo(url);
    const asked = Promise.allSettled(Array.from({ length: 40 }, (_, n) => wire.post('', `${n}`)));
    await expect.poll(() => heard.length).toBe(16);
    wire.close();
    expect(new Set((await asked).map(({ status }) => status))).toEqual(new Set(['rejected']));
    expect(heard).toHaveLength(16);
  });

  it('does not wait for ever for an answer whose end it cannot know', async () => {
    const { url } = await server((_, socket) =>
      socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n'),
    );
    await expect(wireTo(url).post('', '')).rejects.toThrow('does not state its length');
  });
});

import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { applicantsResponse } from './schemas/applicants.ts';
import { openWorldApp, type WorldApp } from './testing/open-world-app.ts';

/** Together far more than a connection keeps for a client that does not read. */
const PIPELINED = 60;
const SIP_BYTES = 200_000;

let app: WorldApp;
/** Of each applicant the explanation, asked for while nobody else asked for anything. */
let expected: readonly { readonly id: number; readonly text: string }[];

beforeAll(async () => {
  app = await openWorldApp();
  const { ids } = applicantsResponse.parse((await app.send('officer', 'GET /v1/applicants?limit=12')).body);
  const alone = [];
  for (const id of ids) alone.push({ id, text: (await app.send('officer', explanation(id))).text });
  expected = alone;
  expect(new Set(expected.map(({ text }) => text)).size).toBe(ids.length);
}, 300_000);

afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

test('no answer is overwritten while a slow client has not read it, whoever asks, hangs up or wants the head alone meanwhile', async () => {
  const slow = await ask(Array.from({ length: PIPELINED }, (_, turn) => expected[turn % expected.length]?.id ?? 0));
  await once(slow, 'readable');
  const wanted = Array.from({ length: PIPELINED }, (_, turn) => expected[turn % expected.length]?.text ?? '');
  const read: Buffer[] = [];
  let [bytes, turn] = [0, 0];
  const whole = wanted.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  for (let size = 1; bytes < whole; size = Math.min(SIP_BYTES, 2 * size)) {
    await others(turn++);
    const sip = await take(slow, size);
    if (sip === null) break;
    bytes += sip.length;
    read.push(sip);
  }
  slow.destroy();
  expect(turn).toBeGreaterThan(20);
  const bodies = bodiesOf(Buffer.concat(read));
  expect(bodies.length).toBeGreaterThanOrEqual(PIPELINED - 1);
  // Compared as booleans: a difference of a third of a megabyte is of no use to a reader.
  expect(bodies.map((body, place) => body === wanted[place])).toEqual(bodies.map(() => true));
}, 300_000);

/** What goes on beside the slow client: whole answers, heads, and a client that hangs up in mid-answer. */
async function others(turn: number): Promise<void> {
  const [first, second, third] = [0, 5, 7].map((step) => expected[(turn + step) % expected.length]);
  if (first === undefined || second === undefined || third === undefined) throw new Error('nobody to ask about');
  const rude = await ask([first.id, second.id, third.id]);
  const [one, head, two] = await Promise.all([
    app.send('officer', explanation(first.id)),
    app.send('officer', explanation(second.id).replace('GET', 'HEAD')),
    app.send('officer', explanation(third.id)),
    once(rude, 'readable'),
  ]);
  if (turn % 2 === 0) rude.resetAndDestroy();
  else rude.destroy();
  expect([one.text === first.text, two.text === third.text]).toEqual([true, true]);
  expect([head.status, head.text, head.headers.get('content-length')]).toEqual([200, '', String(Buffer.byteLength(second.text))]);
}

/** A connection that asks for several explanations at once, and reads nothing by itself. */
async function ask(ids: readonly number[]): Promise<Socket> {
  const { hostname, port } = new URL(app.address);
  const socket = connect({ host: hostname, port: Number(port) });
  socket.on('error', () => null);
  await once(socket, 'connect');
  socket.pause();
  const line = (id: number): string => `${explanation(id)} HTTP/1.1\r\nHost: sluice\r\nAuthorization: Bearer ${app.keys.officer}\r\n\r\n`;
  socket.write(ids.map(line).join(''));
  return socket;
}

/** The next bytes, as many as are wanted or fewer; null at the end. */
async function take(socket: Socket, most: number): Promise<Buffer | null> {
  for (;;) {
    const chunk: Buffer | null = socket.read(Math.min(most, Math.max(1, socket.readableLength)));
    if (chunk !== null) return chunk;
    if (socket.readableEnded || socket.destroyed) return null;
    await once(socket, 'readable');
  }
}

function bodiesOf(bytes: Buffer): readonly string[] {
  const bodies: string[] = [];
  for (let at = 0; at < bytes.length;) {
    const start = bytes.indexOf('\r\n\r\n', at) + 4;
    const head = bytes.toString('latin1', at, start);
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1]);
    at = start + length;
    if (at <= bytes.length) bodies.push(bytes.toString('utf8', start, at));
  }
  return bodies;
}

function explanation(id: number): string {
  return `GET /v1/applicants/${id}/explanation`;
}

import { Agent, createServer, type IncomingMessage, type OutgoingHttpHeaders, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { assertNever } from '../../../util/assert-never.ts';

/** What happens to one request: passed on, late perhaps; lost before the server saw it; sent twice; the answer thrown away; or answered in its stead. */
export type Fault =
  | { readonly kind: 'pass' }
  | { readonly kind: 'delay'; readonly ms: number }
  | { readonly kind: 'drop-request' }
  /** The server gets it twice, the second time after it answered the first. */
  | { readonly kind: 'duplicate'; readonly answer: 'first' | 'second' }
  | { readonly kind: 'drop-reply' }
  | { readonly kind: 'answer'; readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string };

export interface FaultyProxy extends AsyncDisposable {
  readonly uri: string;
  /** Method and path of every request, in order. */
  readonly seen: readonly string[];
}

/** Stands between a client and a server and misbehaves as `decide` says. */
export async function startFaultyProxy(
  target: string,
  decide: (method: string, path: string, count: number) => Fault,
): Promise<FaultyProxy> {
  const seen: string[] = [];
  const counts = new Map<string, number>();
  const agent = new Agent({ keepAlive: true });
  const server = createServer((incoming, outgoing) => {
    const [method, path] = [incoming.method ?? 'GET', (incoming.url ?? '').split('?')[0] ?? ''];
    const name = `${method} ${path}`;
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    seen.push(name);
    forward({ target, agent, fault: decide(method, path, count) }, incoming, outgoing);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    uri: `http://127.0.0.1:${port}`,
    seen,
    [Symbol.asyncDispose]: async () => {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Passage {
  readonly target: string;
  readonly agent: Agent;
  readonly fault: Fault;
}

function forward({ target, agent, fault }: Passage, incoming: IncomingMessage, outgoing: ServerResponse): void {
  switch (fault.kind) {
    case 'answer':
      incoming.resume();
      outgoing.writeHead(fault.status, { ...fault.headers }).end(fault.body ?? '');
      return;
    case 'drop-request':
      outgoing.destroy();
      return;
    case 'duplicate':
      void sendTwice({ target, agent }, fault.answer, incoming, outgoing).catch(() => outgoing.destroy());
      return;
    case 'delay':
      setTimeout(() => passOn({ target, agent }, incoming, outgoing), fault.ms);
      return;
    case 'drop-reply':
      passOn({ target, agent, dropReply: true }, incoming, outgoing);
      return;
    case 'pass':
      passOn({ target, agent }, incoming, outgoing);
      return;
    default:
      assertNever(fault);
  }
}

function passOn(
  { target, agent, dropReply = false }: Pick<Passage, 'target' | 'agent'> & { readonly dropReply?: boolean },
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): void {
  const onward = request(target + (incoming.url ?? ''), { ...onwards(target, incoming), agent }, (answer) => {
    if (dropReply) {
      answer.resume().once('end', () => outgoing.destroy());
      return;
    }
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  onward.once('error', () => outgoing.destroy());
  incoming.pipe(onward);
}

async function sendTwice(
  { target, agent }: Pick<Passage, 'target' | 'agent'>,
  wanted: 'first' | 'second',
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const body = Buffer.concat(await incoming.toArray());
  const send = (): Promise<{ readonly head: IncomingMessage; readonly body: Buffer }> =>
    new Promise((resolve, reject) => {
      const onward = request(target + (incoming.url ?? ''), { ...onwards(target, incoming), agent }, (head) => {
        head.toArray().then((chunks) => resolve({ head, body: Buffer.concat(chunks) }), reject);
      });
      onward.once('error', reject).end(body);
    });
  const answers = [await send(), await send()] as const;
  const answer = answers[wanted === 'first' ? 0 : 1];
  const { 'transfer-encoding': _, ...headers } = answer.head.headers;
  outgoing.writeHead(answer.head.statusCode ?? 502, { ...headers, 'content-length': answer.body.length }).end(answer.body);
}

function onwards(target: string, incoming: IncomingMessage): { readonly method: string; readonly headers: OutgoingHttpHeaders } {
  return { method: incoming.method ?? 'GET', headers: { ...incoming.headers, host: new URL(target).host } };
}

import { Agent, createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What happens to one request: passed on; the answer thrown away after the server acted; or answered in its stead. */
export type Fault =
  | { readonly kind: 'pass' }
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

function forward(
  { target, agent, fault }: { target: string; agent: Agent; fault: Fault },
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): void {
  if (fault.kind === 'answer') {
    incoming.resume();
    outgoing.writeHead(fault.status, { ...fault.headers }).end(fault.body ?? '');
    return;
  }
  const onward = request(
    target + (incoming.url ?? ''),
    { method: incoming.method ?? 'GET', headers: { ...incoming.headers, host: new URL(target).host }, agent },
    (answer) => {
      if (fault.kind === 'drop-reply') {
        answer.resume().once('end', () => outgoing.destroy());
        return;
      }
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    },
  );
  onward.once('error', () => outgoing.destroy());
  incoming.pipe(onward);
}

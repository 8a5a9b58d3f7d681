import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** Stands before a PostgreSQL, and hangs up where that answers a commit, if it was told to: the commit is done, and its answer lost. */
export async function losingProxy(
  uri: string,
): Promise<AsyncDisposable & { readonly uri: string; readonly loseNextCommit: () => void; readonly lost: () => number }> {
  const { hostname, port } = new URL(uri);
  const sockets = new Set<Socket>();
  let [armed, lost] = [false, 0];
  const server = createServer((client) => {
    const database = connect({ host: hostname, port: Number(port) });
    let losing = false;
    for (const socket of [client, database]) {
      sockets.add(socket);
      socket.on('error', () => null).on('close', () => sockets.delete(socket));
    }
    client.on('data', (bytes) => {
      if (armed && bytes.includes('commit\0')) [armed, losing] = [false, true];
      database.write(bytes);
    });
    database.on('data', (bytes) => {
      if (!losing) return client.write(bytes);
      lost++;
      client.destroy();
      return database.destroy();
    });
    client.on('close', () => database.destroy());
    database.on('close', () => client.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const own = new URL(uri);
  own.port = String(typeof address === 'object' ? address?.port : '');
  return {
    uri: own.href,
    loseNextCommit: () => (armed = true),
    lost: () => lost,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

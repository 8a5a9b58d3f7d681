import { createServer } from 'node:net';
import { SluiceError } from '../../../errors/sluice-error.ts';
import { probe } from '../client/health.ts';
import type { EmbeddedServer } from './resolve-tracking.ts';

const HOST = '127.0.0.1';
const NEIGHBOURS = 50;

/**
 * The port that was asked for, or the next free one where it is only the default.
 * @throws SluiceError MLFLOW_PORT_TAKEN naming who answers on a port that was asked for
 */
export async function choosePort(server: EmbeddedServer): Promise<number> {
  if (await isFree(server.port)) return server.port;
  if (server.portIsExplicit) throw await portTaken(server.port);
  for (let port = server.port + 1; port <= server.port + NEIGHBOURS; port++) if (await isFree(port)) return port;
  throw await portTaken(server.port);
}

async function portTaken(port: number): Promise<SluiceError> {
  const uri = `http://${HOST}:${port}`;
  const found = await probe(uri, { env: {} });
  const who =
    found.state === 'mlflow'
      ? `another MLflow ${found.version} answers there, which this project did not start`
      : found.state === 'unauthorized'
        ? 'an MLflow server that wants a login answers there'
        : found.state === 'other'
          ? `${found.answer} answers there, which is not MLflow`
          : `something holds it and does not answer (${found.reason})`;
  const use =
    found.state === 'mlflow' || found.state === 'unauthorized'
      ? ` To use the server that is there, set MLFLOW_TRACKING_URI=${uri} instead.`
      : '';
  return new SluiceError('MLFLOW_PORT_TAKEN', `the embedded MLflow server cannot have port ${port}: ${who}`, {
    hint: `Set SLUICE_MLFLOW_PORT to a free port (or unset it: the next free one is taken), or end what listens on ${port}.${use}`,
    data: { port, found },
  });
}

/** Whether a server could listen here now: on the loopback and, since others may listen on all addresses, there too. */
async function isFree(port: number): Promise<boolean> {
  return (await canListen(port, HOST)) && (await canListen(port, '0.0.0.0'));
}

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

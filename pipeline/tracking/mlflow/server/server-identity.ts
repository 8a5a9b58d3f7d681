import { randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { attempt } from '../client/attempt.ts';
import { connectMlflow } from '../client/connection.ts';
import { probe } from '../client/health.ts';

const FILE = 'sluice-server-id.txt';

export type Answer =
  | { readonly state: 'ours'; readonly version: string }
  /** Somebody else holds the port: another project's server, say, that started at the same moment. */
  | { readonly state: 'foreign'; readonly answer: string }
  | { readonly state: 'silent' };

/** Leaves a mark among the artifacts that the server of this folder serves, and no other. */
export async function markFolder(folder: string): Promise<void> {
  await mkdir(join(folder, 'artifacts'), { recursive: true });
  await writeFile(join(folder, 'artifacts', FILE), randomUUID(), { flag: 'wx' }).catch(() => undefined);
}

/** Who answers at an address: the server of this folder is known by the mark that it serves. Between choosing a port and listening on it lie seconds. */
export async function askIdentity(uri: string, folder: string): Promise<Answer> {
  const found = await probe(uri, { env: {} });
  if (found.state === 'silent') return { state: 'silent' };
  if (found.state !== 'mlflow')
    return { state: 'foreign', answer: found.state === 'other' ? found.answer : 'an MLflow server that wants a login' };
  const mark = await readFile(join(folder, 'artifacts', FILE), 'utf8').catch(() => '');
  try {
    const reply = await attempt(connectMlflow(uri, { env: {}, timeoutMs: 10_000 }), {
      method: 'GET',
      path: `/api/2.0/mlflow-artifacts/artifacts/${FILE}`,
    });
    const ours = mark !== '' && reply.status === 200 && reply.body.toString('utf8') === mark;
    return ours ? { state: 'ours', version: found.version } : { state: 'foreign', answer: `an MLflow ${found.version} of somebody else` };
  } catch {
    return { state: 'silent' };
  }
}

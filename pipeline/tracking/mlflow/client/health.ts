import { messageOf, systemErrorCode } from '../../../util/error-code.ts';
import { attempt } from './attempt.ts';
import { connectMlflow, type ConnectOptions } from './connection.ts';

/** The release that the conformance tests ran against. */
export const TESTED_VERSION = '3.17.2';

export type Probe =
  | { readonly state: 'mlflow'; readonly version: string; readonly tested: boolean }
  /** Something answers, but not as MLflow does; `answer` says how. */
  | { readonly state: 'other'; readonly answer: string }
  /** An MLflow that wants credentials before it names its version. */
  | { readonly state: 'unauthorized' }
  | { readonly state: 'silent'; readonly reason: string };

const RELEASE = /^\d+\.\d+\.\d+[\w.+-]*$/;

/** Asks once who answers at an address: `/health` is "OK" and `/version` a bare version on MLflow, and on hardly anything else. */
export async function probe(uri: string, options: ConnectOptions = {}): Promise<Probe> {
  const connection = connectMlflow(uri, { timeoutMs: 3000, ...options });
  try {
    const health = await attempt(connection, { method: 'GET', path: '/health' });
    if (health.status !== 200 || health.body.toString('utf8').trim() !== 'OK') return { state: 'other', answer: describe(health) };
    const version = await attempt(connection, { method: 'GET', path: '/version' });
    if (version.status === 401) return { state: 'unauthorized' };
    const release = version.body.toString('utf8').trim();
    if (version.status !== 200 || !RELEASE.test(release)) return { state: 'other', answer: describe(version) };
    return { state: 'mlflow', version: release, tested: release === TESTED_VERSION };
  } catch (error) {
    return explainSilence(error);
  }
}

function explainSilence(error: unknown): Probe {
  const code = systemErrorCode(error) ?? '';
  if (code.startsWith('HPE_')) return { state: 'other', answer: 'something that does not speak HTTP' };
  if (code === 'ECONNRESET') return { state: 'other', answer: 'something that closes the connection' };
  return { state: 'silent', reason: code === 'ECONNREFUSED' ? 'connection refused' : messageOf(error) };
}

function describe(reply: { readonly status: number; readonly headers: Readonly<Record<string, unknown>> }): string {
  const server = reply.headers['server'];
  return `HTTP ${reply.status}${typeof server === 'string' ? ` from ${server}` : ''}`;
}

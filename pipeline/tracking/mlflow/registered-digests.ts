import { connectMlflow, type ConnectOptions } from './client/connection.ts';
import { allVersions } from './client/model-versions.ts';

/** How long a collection waits for a server that does not answer, in ms. */
const PATIENCE = { timeoutMs: 20_000, retryForMs: 5000 };

/** sha256 of each file that a registered version carries as a tag, with the model and version: "credit-scoring version 3". */
export async function registeredDigests(uri: string, options: ConnectOptions = {}): Promise<ReadonlyMap<string, string>> {
  const digests = new Map<string, string>();
  for (const { name, version, tags } of await allVersions(connectMlflow(uri, { ...PATIENCE, ...options }))) {
    for (const [tag, value] of Object.entries(tags)) {
      if (tag.startsWith('sluice.') && /^[0-9a-f]{64}$/.test(value)) digests.set(value, `${name} version ${version}`);
    }
  }
  return digests;
}

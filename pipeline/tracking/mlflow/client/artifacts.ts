import { stat } from 'node:fs/promises';
import type { Readable, Writable } from 'node:stream';
import { SluiceError } from '../../../errors/sluice-error.ts';
import { fields, flag, number, or, text } from './answer.ts';
import { unlessMissing } from './api-error.ts';
import { apiPath } from './api-path.ts';
import type { Reply } from './attempt.ts';
import type { MlflowConnection } from './connection.ts';
import { pages } from './pages.ts';
import { request } from './request.ts';

/** MLflow answers 400 or 404 to the first three, and takes the last apart once too often: `a%2fb` would be `b` in the folder `a`. */
const UNFIT = /[#\\\p{Cc}]|%[\da-f]{2}/iu;
/** Of a file's name on the usual disks; the server says 500 to a longer one, as if it were ill. */
const MOST_BYTES = 255;

/**
 * Where a file below an `mlflow-artifacts:` uri lies on the server's proxy.
 * @throws SluiceError MLFLOW_REFUSED where the server does not serve artifacts, or for a path with `..`, `#`, an encoded character or a name of more than 255 bytes
 */
export function proxyPath(artifactUri: string, path: string): string {
  const root = /^mlflow-artifacts:(?:\/\/[^/]*)?\/(.*)$/.exec(artifactUri)?.[1];
  if (root === undefined) {
    throw new SluiceError(
      'MLFLOW_REFUSED',
      `artifacts go to "${artifactUri.split(':')[0]}:", which only the server's own network can write`,
      {
        hint: 'Start the MLflow server with --artifacts-destination (and without --no-serve-artifacts), and use a new experiment.',
      },
    );
  }
  const segments = [...root.split('/'), ...path.split('/')];
  const bad = segments.find((part) => ['', '.', '..'].includes(part) || UNFIT.test(part) || Buffer.byteLength(part) > MOST_BYTES);
  if (bad !== undefined)
    throw new SluiceError(
      'MLFLOW_REFUSED',
      `artifact path "${shortly(path)}" was not sent: "${shortly(bad)}" cannot stand in a path on MLflow`,
    );
  return `/api/2.0/mlflow-artifacts/artifacts/${segments.map(encodeURIComponent).join('/')}`;
}

/** Streams a file to the server; repeatable, the same path is replaced. */
export async function uploadArtifact(
  connection: MlflowConnection,
  artifactUri: string,
  file: { readonly path: string; readonly from: string },
): Promise<void> {
  const { size } = await stat(file.from);
  await request(connection, { method: 'PUT', path: proxyPath(artifactUri, file.path), file: { path: file.from, bytes: size } });
}

/** Saves a file of the server; false when it is not there. */
export async function downloadArtifact(
  connection: MlflowConnection,
  artifactUri: string,
  file: { readonly path: string; readonly to: string },
): Promise<boolean> {
  return found(request(connection, { method: 'GET', path: proxyPath(artifactUri, file.path), saveTo: file.to }));
}

/** Sends a short text; repeatable, the same path is replaced. */
export async function uploadText(
  connection: MlflowConnection,
  artifactUri: string,
  file: { readonly path: string; readonly text: string },
): Promise<void> {
  await request(connection, { method: 'PUT', path: proxyPath(artifactUri, file.path), bytes: new TextEncoder().encode(file.text) });
}

/** Streams bytes from anywhere; their number has to be known, and the stream cannot be read twice: a lost answer is not tried again. */
export async function uploadStream(
  connection: MlflowConnection,
  artifactUri: string,
  upload: { readonly path: string; readonly from: Readable; readonly bytes: number },
): Promise<void> {
  await request(connection, {
    method: 'PUT',
    path: proxyPath(artifactUri, upload.path),
    stream: { from: upload.from, bytes: upload.bytes },
    repeatable: false,
  });
}

/** Streams a file of the server into something that can be written to, which is ended; false when it is not there. */
export async function downloadStream(
  connection: MlflowConnection,
  artifactUri: string,
  download: { readonly path: string; readonly to: Writable },
): Promise<boolean> {
  const call = { method: 'GET', path: proxyPath(artifactUri, download.path), pipeTo: download.to, repeatable: false } as const;
  return found(request(connection, call));
}

/** Deletes a file or a folder of files; what is not there is no error. */
export async function deleteArtifact(connection: MlflowConnection, artifactUri: string, path: string): Promise<void> {
  await unlessMissing(request(connection, { method: 'DELETE', path: proxyPath(artifactUri, path) }));
}

const artifactEntry = fields({ path: text, is_dir: or(flag, false), file_size: or(number, undefined) });
export type ArtifactEntry = ReturnType<typeof artifactEntry>;

/** Files and folders of a run directly below `path`, with sizes in bytes. */
export async function listArtifacts(connection: MlflowConnection, runId: string, path?: string): Promise<readonly ArtifactEntry[]> {
  const files: ArtifactEntry[] = [];
  const entries = pages(connection, {
    list: 'files',
    entry: artifactEntry,
    call: (token) => ({ method: 'GET', path: apiPath('artifacts/list', { run_id: runId, path, page_token: token }) }),
  });
  for await (const file of entries) files.push(file);
  return files;
}

/** All files of a run at or below `path`, folder after folder. */
export async function* walkArtifacts(connection: MlflowConnection, runId: string, path?: string): AsyncGenerator<ArtifactEntry> {
  for (const entry of await listArtifacts(connection, runId, path)) {
    if (entry.is_dir) yield* walkArtifacts(connection, runId, entry.path);
    else yield entry;
  }
}

async function found(call: Promise<Reply>): Promise<boolean> {
  return (await unlessMissing(call)) !== undefined;
}

function shortly(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}

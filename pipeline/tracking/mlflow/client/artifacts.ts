import { stat } from 'node:fs/promises';
import { z } from 'zod';
import { SluiceError } from '../../../errors/sluice-error.ts';
import { isMissing } from './api-error.ts';
import { apiPath } from './api-path.ts';
import type { MlflowConnection } from './connection.ts';
import { request, requestJson } from './request.ts';

/**
 * Where a file below an `mlflow-artifacts:` uri lies on the server's proxy.
 * @throws SluiceError MLFLOW_REFUSED where the server does not serve artifacts, or for a path with `..` or `#`
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
  const bad = segments.find((part) => part === '' || part === '.' || part === '..' || part.includes('#') || part.includes('\\'));
  if (bad !== undefined)
    throw new SluiceError('MLFLOW_REFUSED', `artifact path "${path}" was not sent: "${bad}" cannot stand in a path on MLflow`);
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
  try {
    await request(connection, { method: 'GET', path: proxyPath(artifactUri, file.path), saveTo: file.to });
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

const listing = z.object({
  files: z.array(z.object({ path: z.string(), is_dir: z.boolean().default(false), file_size: z.number().optional() })).default([]),
});

/** Files and folders of a run below `path`, with sizes in bytes. */
export async function listArtifacts(connection: MlflowConnection, runId: string, path?: string): Promise<z.infer<typeof listing>['files']> {
  return (await requestJson(connection, listing, { method: 'GET', path: apiPath('artifacts/list', { run_id: runId, path }) })).files;
}

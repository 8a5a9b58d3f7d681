import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mlflowDown, mlflowUp } from '../mlflow-server.ts';

/** Why tests against a real server cannot run here; undefined when they can. */
export function noServerBecause(projectDir: string): string | undefined {
  return existsSync(join(projectDir, '.venv/bin/python')) ? undefined : 'no .venv: run `make setup`';
}

export interface TemporaryServer extends AsyncDisposable {
  readonly uri: string;
  readonly version: string | null;
  readonly artifactsDir: string;
  readonly outbox: string;
  readonly project: { readonly dir: string; readonly artifactsDir: string; readonly env: Readonly<Record<string, string>> };
}

/** A stock MLflow server of its own, with an empty database, on a free port; on the same one each time it is started where it is named. */
export async function startTemporaryServer(projectDir: string, { port }: { readonly port?: number } = {}): Promise<TemporaryServer> {
  const artifactsDir = await mkdtemp(join(tmpdir(), 'sluice mlflow é-'));
  const project = { dir: projectDir, artifactsDir, env: port === undefined ? {} : { SLUICE_MLFLOW_PORT: String(port) } };
  const { uri, version } = await mlflowUp(project);
  return {
    uri,
    version,
    artifactsDir,
    outbox: join(artifactsDir, 'outbox'),
    project,
    [Symbol.asyncDispose]: async () => {
      await mlflowDown(project);
      await rm(artifactsDir, { recursive: true, force: true });
    },
  };
}

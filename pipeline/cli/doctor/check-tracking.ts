import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Project } from '../../execute/project/project.ts';
import { probe } from '../../tracking/mlflow/client/health.ts';
import { mlflowStatus, printableUri } from '../../tracking/mlflow/index.ts';
import { choosePort } from '../../tracking/mlflow/server/choose-port.ts';
import { resolveTracking } from '../../tracking/mlflow/server/resolve-tracking.ts';
import { messageOf } from '../../util/error-code.ts';
import { bad, type Check, fixOf, good } from './check.ts';
import { setupHint } from './setup-hint.ts';

export interface TrackingCheckOptions {
  readonly project: Project;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Some stage registers something. */
  readonly needed: boolean;
  readonly values: Readonly<Record<string, unknown>>;
}

/** A server elsewhere must answer; for the embedded one Python and MLflow must be in `.venv`. Nothing is asked where no stage tracks and no server is named. */
export async function checkTracking({ project, env, needed, values }: TrackingCheckOptions): Promise<readonly Check[]> {
  const uri = configuredUri(env, values);
  if (uri === null && !needed) return [];
  const checks =
    uri === null ? [...(await checkEmbedded(project)), ...(await checkEmbeddedServer(project, env))] : [await checkServer(uri)];
  return needed ? checks : checks.map((check) => ({ ...check, needed: false }));
}

function configuredUri(env: TrackingCheckOptions['env'], values: TrackingCheckOptions['values']): string | null {
  if ((env['MLFLOW_TRACKING_URI'] ?? '') !== '') return env['MLFLOW_TRACKING_URI'] ?? null;
  const tracking = values['tracking'];
  const uri = typeof tracking === 'object' && tracking !== null && 'uri' in tracking ? tracking.uri : null;
  return typeof uri === 'string' ? uri : null;
}

async function checkServer(address: string): Promise<Check> {
  const answer = await probe(address);
  const uri = printableUri(address);
  switch (answer.state) {
    case 'mlflow':
      return good('MLflow server', `${answer.version} at ${uri}${answer.tested ? '' : ' (another version than the tests ran against)'}`);
    case 'unauthorized':
      return bad(
        'MLflow server',
        `${uri} wants credentials`,
        'Set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN.',
      );
    case 'other':
      return bad('MLflow server', `${uri} is not MLflow: ${answer.answer}`, 'Correct MLFLOW_TRACKING_URI or tracking.uri.');
    case 'silent':
      return bad(
        'MLflow server',
        `${uri} does not answer: ${answer.reason}`,
        `See whether it can be reached from here: curl -sS ${uri}/health. Start it, or unset MLFLOW_TRACKING_URI and tracking.uri to use the embedded one.`,
      );
  }
}

/** Whether it runs is for information: a run with something to register starts it, if there is a port for it. */
async function checkEmbeddedServer({ dir, artifactsDir }: Project, env: TrackingCheckOptions['env']): Promise<readonly Check[]> {
  try {
    const { running, uri, version } = await mlflowStatus({ dir, artifactsDir, uri: null, env });
    if (running) return [good('MLflow server', `${version ?? 'some version'} at ${uri}`)];
    const server = resolveTracking({ projectDir: dir, artifactsDir, configUri: null, env });
    const port = server.kind === 'embedded' ? await choosePort(server) : null;
    const elsewhere = server.kind === 'embedded' && port !== server.port ? ` at port ${port}, since ${server.port} is taken` : '';
    return [good('MLflow server', `not running; a run that needs it starts it${elsewhere}`)];
  } catch (error) {
    return [bad('MLflow server', messageOf(error), fixOf(error, 'Free the port, or name another: SLUICE_MLFLOW_PORT=5001'))];
  }
}

async function checkEmbedded(project: Project): Promise<readonly Check[]> {
  const python = [join(project.dir, '.venv', 'bin', 'python'), join(project.dir, '.venv', 'Scripts', 'python.exe')].find((file) =>
    existsSync(file),
  );
  if (python === undefined) {
    const system = await output('python3', ['--version']);
    const fix =
      system === null
        ? 'Install Python 3.10 or newer with its venv module (Debian: apt install python3-venv), then run sluice doctor again'
        : setupHint(project);
    return [bad('Python', `no .venv in ${project.dir}${system === null ? ', and no python3 on the PATH' : ` (${system} is there)`}`, fix)];
  }
  const version = await output(python, ['--version']);
  if (version === null) return [bad('Python', `${python} does not run`, 'Remove .venv, then run sluice doctor again')];
  const mlflow = await output(python, ['-c', 'import importlib.metadata as m; print(m.version("mlflow"))']);
  return [
    good('Python', `${version.replace(/^Python /, '')} in .venv`),
    mlflow === null ? bad('MLflow', 'not installed in .venv', setupHint(project)) : good('MLflow', `${mlflow} in .venv`),
  ];
}

async function output(command: string, args: readonly string[]): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)(command, args, { timeout: 10_000 });
    return stdout.trim();
  } catch {
    return null;
  }
}

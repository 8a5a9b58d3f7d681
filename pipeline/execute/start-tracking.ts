import { join } from 'node:path';
import { SluiceError, toSluiceError } from '../errors/sluice-error.ts';
import type { EventBody } from '../events/event.ts';
import type { TrackingTarget } from '../graph/stage-body.ts';
import { mlflowUp, NO_SERVER, printableUri, trackingOf } from '../tracking/mlflow/index.ts';
import { endAbandoned } from './end-tracking.ts';
import type { Project } from './project/project.ts';
import type { ConfigValues } from './project/workspace.ts';

/** The tracking section of a resolved config. */
interface TrackingSection {
  readonly uri: string | null;
  readonly experiment: string;
}

export function trackingSection(config: ConfigValues): TrackingSection {
  const section = config['tracking'];
  const uri = typeof section === 'object' && section !== null && 'uri' in section && typeof section.uri === 'string' ? section.uri : null;
  const experiment = typeof section === 'object' && section !== null && 'experiment' in section ? String(section.experiment) : 'default';
  return { uri, experiment };
}

/**
 * Makes sure that the tracking server answers, starting the embedded one. A server that is down, or no Python to start one,
 * is a warning, not the end: the effects keep what they would have sent in the outbox.
 * @throws SluiceError for what waiting does not mend: a port that something else holds, an address that is no MLflow, a refused login
 */
export async function startTracking(
  project: Project,
  config: ConfigValues,
  { emit, signal }: { readonly emit: (event: EventBody) => void; readonly signal: AbortSignal },
): Promise<TrackingTarget> {
  const { uri: configUri, experiment } = trackingSection(config);
  const outbox = join(project.artifactsDir, 'outbox');
  const asked = { dir: project.dir, artifactsDir: project.artifactsDir, uri: configUri };
  const server = trackingOf(asked);
  const expected = server.kind === 'external' ? server.uri : `http://127.0.0.1:${server.port}`;
  try {
    const { uri } = await unlessAborted(
      mlflowUp(asked, { onStarting: (at) => emit({ type: 'tracking.server', state: 'starting', uri: printableUri(at) }) }),
      signal,
    );
    emit({ type: 'tracking.server', state: 'ready', uri: printableUri(uri) });
    await endAbandoned(project, { uri, outbox });
    return { uri, experiment, outbox };
  } catch (error) {
    const failure = toSluiceError(error, 'MLFLOW_START');
    if (failure.code === 'STAGE_CANCELLED') throw failure;
    emit({ type: 'tracking.server', state: 'unreachable', uri: printableUri(expected) });
    emit({ type: 'warning', code: failure.code, message: `${failure.message}${failure.hint === undefined ? '' : `. ${failure.hint}`}` });
    if (failure.code === 'MLFLOW_PORT_TAKEN' || failure.code === 'MLFLOW_REFUSED') throw failure;
    return { uri: server.kind === 'external' ? expected : NO_SERVER, experiment, outbox };
  }
}

/** Leaves a server that is starting alone, rather than end it in the middle of making its database: the next run finds it. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(new SluiceError('STAGE_CANCELLED', 'the run was interrupted while the MLflow server was starting'));
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    void work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

import type { TrackingEnv } from './client/credentials.ts';
import { ensureServer, type EnsureOptions, type RunningServer } from './server/ensure-server.ts';
import { resolveTracking, type TrackingServer } from './server/resolve-tracking.ts';
import { logPath } from './server/server-state.ts';
import { serverStatus, type ServerStatus } from './server/server-status.ts';
import { stopServer } from './server/stop-server.ts';

/** What the commands on the server need to know of a project. */
export interface TrackingProject {
  readonly dir: string;
  readonly artifactsDir: string;
  /** `tracking.uri` of its config. */
  readonly uri?: string | null;
  readonly env?: TrackingEnv;
}

export function trackingOf(project: TrackingProject): TrackingServer {
  return resolveTracking({
    projectDir: project.dir,
    artifactsDir: project.artifactsDir,
    configUri: project.uri ?? null,
    env: project.env ?? process.env,
  });
}

/** `sluice mlflow up`: for an external server only asks whether it answers. */
export function mlflowUp(project: TrackingProject, options: EnsureOptions = {}): Promise<RunningServer> {
  return ensureServer(trackingOf(project), { env: project.env ?? process.env, ...options });
}

/** `sluice mlflow down`. @returns whether an embedded server ran; an external one is left alone */
export async function mlflowDown(project: TrackingProject): Promise<{ readonly stopped: boolean; readonly uri: string | null }> {
  const server = trackingOf({ ...project, uri: null, env: withoutUri(project.env ?? process.env) });
  const state = server.kind === 'embedded' ? await stopServer(server.folder) : undefined;
  return { stopped: state !== undefined, uri: state?.uri ?? null };
}

/** `sluice mlflow status`. */
export function mlflowStatus(project: TrackingProject): Promise<ServerStatus> {
  return serverStatus(trackingOf(project), project.env ?? process.env);
}

/** `sluice mlflow logs`: the embedded server's log; null where the project uses an external one. */
export function mlflowLogPath(project: TrackingProject): string | null {
  const server = trackingOf(project);
  return server.kind === 'embedded' ? logPath(server.folder) : null;
}

function withoutUri(env: TrackingEnv): TrackingEnv {
  return { ...env, MLFLOW_TRACKING_URI: undefined };
}

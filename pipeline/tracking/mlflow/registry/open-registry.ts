import { SluiceError } from '../../../errors/sluice-error.ts';
import { connectMlflow, type MlflowConnection } from '../client/connection.ts';
import { mlflowStatus, trackingOf, type TrackingProject } from '../mlflow-server.ts';

/** A connection to the project's registry. Starts no server. @throws SluiceError MLFLOW_UNREACHABLE saying what only MLflow knows */
export async function openRegistry(project: TrackingProject, what: string, otherwise = ''): Promise<MlflowConnection> {
  const server = await mlflowStatus(project);
  if (!server.running) {
    throw new SluiceError('MLFLOW_UNREACHABLE', `${what}, only MLflow knows, and it does not answer at ${server.uri}`, {
      hint: `Start it: sluice mlflow up.${otherwise}`,
    });
  }
  const target = trackingOf(project); // its address may hold a login, which a status never shows
  const uri = target.kind === 'external' ? target.uri : server.uri;
  return connectMlflow(uri, { env: project.env ?? process.env, retryForMs: 5000 });
}

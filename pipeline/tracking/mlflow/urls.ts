/** The run's page in MLflow's UI. */
export function runUrl(uri: string, run: { readonly experimentId: string; readonly runId: string }): string {
  return `${uri}/#/experiments/${encodeURIComponent(run.experimentId)}/runs/${encodeURIComponent(run.runId)}`;
}

/** The version's page in MLflow's UI. */
export function modelUrl(uri: string, name: string, version: string): string {
  return `${uri}/#/models/${encodeURIComponent(name)}/versions/${encodeURIComponent(version)}`;
}

/** MLflow's UI opens on its GenAI side, which hides the registry; this shows a run or a model among its like. */
const VIEW = '?workflowType=machine_learning';

/** The run's page in MLflow's UI. */
export function runUrl(uri: string, run: { readonly experimentId: string; readonly runId: string }): string {
  return `${uri}/#/experiments/${encodeURIComponent(run.experimentId)}/runs/${encodeURIComponent(run.runId)}${VIEW}`;
}

/** The version's page in MLflow's UI. */
export function modelUrl(uri: string, name: string, version: string): string {
  return `${uri}/#/models/${encodeURIComponent(name)}/versions/${encodeURIComponent(version)}${VIEW}`;
}

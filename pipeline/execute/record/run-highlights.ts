import { readFile } from 'node:fs/promises';
import type { Project } from '../project/project.ts';
import { exportReports } from './export-reports.ts';
import { runOutputs } from './run-outputs.ts';
import type { RunRecord } from './run-record.ts';

export interface Highlight {
  readonly label: string;
  /** A path or an address. */
  readonly where: string;
}

/** Names of keys that a person knows by another name. */
const LABELS: Readonly<Record<string, string>> = { run: 'MLflow run', model: 'registered model' };

/**
 * Where the results of a run are: its HTML reports, and every address that an effect wrote down in a JSON output under a key that ends in `Url`.
 * @param effects names of the pipeline's effects
 */
export async function runHighlights(project: Project, record: RunRecord, effects: ReadonlySet<string>): Promise<readonly Highlight[]> {
  const reports = (await exportReports(project, record)).map(({ stage, path }) => ({
    label: stage === 'report' ? 'report' : `${stage} report`,
    where: path,
  }));
  const outputs = (await runOutputs(project, record)).filter(({ stage, artifact }) => effects.has(stage) && artifact.kind === 'json');
  const addresses = await Promise.all(outputs.map(({ path }) => addressesIn(path)));
  return [...reports, ...addresses.flat()];
}

async function addressesIn(path: string): Promise<readonly Highlight[]> {
  const value: unknown = JSON.parse(await readFile(path, 'utf8').catch(() => '{}'));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, where]: [string, unknown]): Highlight[] => {
    const name = /^(.+)Url$/.exec(key)?.[1];
    return name === undefined || typeof where !== 'string' ? [] : [{ label: LABELS[name] ?? name, where }];
  });
}

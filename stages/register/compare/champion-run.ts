import { z } from 'zod';
import { isSluiceError, mlflow, type MlflowConnection } from '../../../pipeline/index.ts';

export interface DatasetFacts {
  readonly name: string;
  /** sha256 of the table, or as much of it as MLflow holds. */
  readonly digest: string;
  readonly rows: number | null;
  /** Column to type. */
  readonly columns: Readonly<Record<string, string>>;
}

/** What MLflow knows of the run that made the champion. */
export interface ChampionRun {
  readonly runId: string;
  readonly params: Readonly<Record<string, string>>;
  readonly datasets: readonly DatasetFacts[];
  readonly commit: string | null;
}

const profileSchema = z.object({ num_rows: z.number() });
const columnsSchema = z.object({ mlflow_colspec: z.array(z.object({ name: z.string(), type: z.string() })) });

/** @returns null where MLflow does not have it, or does not answer: the page then says so */
export async function readChampionRun(
  connection: MlflowConnection,
  { model, version }: { readonly model: string; readonly version: string },
): Promise<ChampionRun | null> {
  try {
    const found = await mlflow.getVersion(connection, model, version);
    const run = found === undefined ? undefined : await mlflow.getRun(connection, found.runId);
    if (run === undefined) return null;
    const { runId, params, tags, datasets } = run;
    return {
      runId,
      params,
      commit: tags['mlflow.source.git.commit'] ?? null,
      datasets: datasets.map((dataset) => ({
        name: dataset.name,
        digest: dataset.tags['sluice.sha256'] ?? dataset.digest,
        rows: parseAs(profileSchema, dataset.profile)?.num_rows ?? null,
        columns: Object.fromEntries((parseAs(columnsSchema, dataset.schema)?.mlflow_colspec ?? []).map(({ name, type }) => [name, type])),
      })),
    };
  } catch (error) {
    if (isSluiceError(error) && error.code === 'MLFLOW_UNREACHABLE') return null;
    throw error;
  }
}

/** Other tools write these fields too, in ways of their own. */
function parseAs<T>(schema: z.ZodType<T>, text: string): T | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

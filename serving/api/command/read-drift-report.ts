import { readFile } from 'node:fs/promises';
import type { CommandContext } from '../../../pipeline/index.ts';
import { driftSchema } from '../../../stages/drift/drift-schema.ts';
import type { DriftReport } from '../api-services.ts';

/** What reviewers see of the last drift stage; null where there is none, or one of another shape. */
export async function readDriftReport({ artifact }: Pick<CommandContext, 'artifact'>): Promise<DriftReport | null> {
  const file = await artifact('drift.result').catch(() => null);
  if (file === null) return null;
  const parsed = driftSchema.safeParse(JSON.parse(await readFile(file.path, 'utf8')));
  if (!parsed.success) return null;
  const { reference, current, verdict, columns } = parsed.data;
  return {
    reference: reference.name,
    current: current.name,
    status: verdict.status,
    reasons: verdict.reasons,
    columns: columns.map(({ name, evidently, psi }) => ({ column: name, drifted: evidently?.drifted ?? false, psi })),
  };
}

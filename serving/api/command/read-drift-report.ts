import { readFile } from 'node:fs/promises';
import type { CommandContext } from '../../../pipeline/index.ts';
import { driftSchema } from '../../../stages/drift/drift-schema.ts';
import { reasonsOf } from '../../../stages/drift/judge/reasons.ts';
import { sayIn } from '../../../stages/drift/page/language.ts';
import type { DriftReport } from '../api-services.ts';

/** What reviewers see of the last drift stage; null where there is none, or one of another shape. */
export async function readDriftReport({ artifact }: Pick<CommandContext, 'artifact'>): Promise<DriftReport | null> {
  const file = await artifact('drift.result').catch(() => null);
  if (file === null) return null;
  const parsed = driftSchema.safeParse(JSON.parse(await readFile(file.path, 'utf8')));
  if (!parsed.success) return null;
  const { reference, current, verdict, decision, columns } = parsed.data;
  // A report without what it was judged by has its sentences in English alone.
  const french = decision === undefined ? verdict.reasons : reasonsOf(decision, sayIn('fr'));
  return {
    reference: reference.name,
    current: current.name,
    status: verdict.status,
    reasons: verdict.reasons.map((en, index) => ({ en, fr: french[index] ?? en })),
    columns: columns.map(({ name, evidently, psi }) => ({ column: name, drifted: evidently?.drifted ?? false, psi })),
  };
}

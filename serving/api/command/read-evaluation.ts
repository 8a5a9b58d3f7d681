import { readFile } from 'node:fs/promises';
import type { CommandContext } from '../../../pipeline/index.ts';
import { evaluationSchema } from '../../../stages/evaluate/evaluation-schema.ts';
import type { EvaluationReport } from '../api-services.ts';

/** What reviewers see of the last evaluate stage: that run's model, which need not be the one in service. Null where there is none. */
export async function readEvaluation({ artifact }: Pick<CommandContext, 'artifact'>): Promise<EvaluationReport | null> {
  const file = await artifact('evaluate.evaluation').catch(() => null);
  if (file === null) return null;
  const parsed = evaluationSchema.safeParse(JSON.parse(await readFile(file.path, 'utf8')));
  if (!parsed.success) return null;
  const { rows, positives, headline, approvalRate, badRateAmongApproved, calibration } = parsed.data;
  const measure = <N extends keyof typeof headline>(name: N) => ({
    name,
    value: headline[name].value,
    low: headline[name].lo,
    high: headline[name].hi,
  });
  return {
    clients: rows,
    defaults: positives,
    measures: [measure('auc'), measure('gini'), measure('ks'), measure('brier'), measure('ece'), measure('costPerApplicant')],
    approvalRate,
    badRateAmongApproved,
    calibration,
  };
}

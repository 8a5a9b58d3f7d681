import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { connectMlflow } from '../../../pipeline/index.ts';
import { decisionSchema } from '../../calibrate/stage.ts';
import { modelSummary } from '../../train/stage.ts';
import type { RunFacts } from '../describe-run.ts';
import type { RegisterContext } from '../gather.ts';
import { readChampionRun } from './champion-run.ts';
import type { CompareData, RunSide } from './compare-data.ts';

/** How long the page waits for what MLflow knows of the champion's run, in ms. */
const PATIENCE_MS = 5000;

/** What there is to say of champion and challenger; null where there is no champion, or nobody could ask for it. */
export async function gatherComparison(context: RegisterContext, facts: RunFacts, side: RunSide): Promise<CompareData | null> {
  const { inputs, tracking, signal } = context;
  const champion = await inputs.champion.read();
  if (champion.state !== 'known') return null;
  const { evaluation, verdict, summary, decision } = facts;
  const folder = inputs.championFiles.path;
  const [formerSummary, formerDecision] = await Promise.all([
    readJson(join(folder, 'summary.json'), modelSummary),
    readJson(join(folder, 'decision.json'), decisionSchema),
  ]);
  const run = tracking === null ? null : await readChampionRun(connectMlflow(tracking.uri, { retryForMs: PATIENCE_MS, signal }), champion);
  return {
    champion: `${champion.model} version ${champion.version}`,
    verdict,
    evaluation,
    comparison: (await inputs.comparison?.read()) ?? null,
    challenger: { summary, decision, ...side },
    former: { summary: formerSummary, decision: formerDecision, run },
  };
}

/** A champion of another release may have files that read otherwise: then the page does without. */
async function readJson<T>(path: string, schema: z.ZodType<T>): Promise<T | null> {
  try {
    return schema.safeParse(JSON.parse(await readFile(path, 'utf8'))).data ?? null;
  } catch {
    return null;
  }
}

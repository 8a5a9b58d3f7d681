import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { sqlString } from '../../../pipeline/index.ts';
import { jsonArtifact, runBody, tableArtifact } from '../../../pipeline/testing/run-body.ts';
import { assessmentExample } from '../../assess/testing/assessment-example.ts';
import { type Evaluation, evaluationSchema } from '../../evaluate/evaluation-schema.ts';
import evaluateBody from '../../evaluate/run.ts';
import { evaluate } from '../../evaluate/stage.ts';
import {
  decision,
  drawApplicants,
  freshFolder,
  type TrainedModel,
  trainModel,
  writeApplicants,
} from '../../evaluate/testing/small-world.ts';
import type { CatalogueEntry } from '../../features/catalogue.ts';
import { type ChampionComparison, comparisonSchema } from '../comparison.ts';
import run from '../run.ts';
import { gate, type Verdict, verdictSchema } from '../stage.ts';
import type { JudgedWaiver } from '../waivers.ts';

export interface Judged {
  readonly trained: TrainedModel;
  readonly holdout: string;
  readonly evaluation: Evaluation;
  readonly predictions: string;
}

/** A model as evaluate leaves it, judged on the same 1,200 holdout clients. */
export async function judged(model: { readonly rounds?: number; readonly columns?: readonly string[] }): Promise<Judged> {
  const folder = await freshFolder();
  const tables = await writeApplicants(folder, drawApplicants(1200, 2));
  const trained = await trainModel(folder, drawApplicants(4000, 1), model);
  const trainMetrics = join(folder, 'train.ndjson');
  await writeFile(trainMetrics, '');
  const inputs = {
    ...tables,
    trainMetrics,
    model: trained.model,
    summary: await jsonArtifact(trained.summary),
    calibrator: await jsonArtifact({ method: 'none' }),
    decision: await jsonArtifact(decision),
    catalogue: await jsonArtifact([]),
  };
  const { outputs } = await runBody(evaluate, evaluateBody, { inputs, params: { bootstrap: 80 } });
  return {
    trained,
    holdout: tables.holdout,
    evaluation: evaluationSchema.parse(JSON.parse(await readFile(outputs.evaluation, 'utf8'))),
    predictions: outputs.predictions,
  };
}

const noChampion = { state: 'none' } as const;

export interface GateCase {
  readonly champion?: unknown;
  readonly files?: string;
  readonly params?: Readonly<Record<string, number>>;
  readonly evaluation?: Evaluation;
  /** Text of the rule file; the shipped one without. */
  readonly file?: string;
  readonly waivers?: readonly JudgedWaiver[];
  readonly breaches?: readonly string[];
  readonly catalogue?: readonly CatalogueEntry[];
  /** Sex by client number: F for even ones, else M. */
  readonly groups?: string;
}

const GROUPS =
  "select SK_ID_CURR, case when SK_ID_CURR % 2 = 0 then 'F' else 'M' end as sex, 'Cash loans' as loan, 'none' as history from PREDICTIONS";

/** A folder with one rule file, under the shipped one's name. */
async function ruleFolder(text: string): Promise<string> {
  const folder = await freshFolder();
  await writeFile(join(folder, 'home-credit.yaml'), text);
  return folder;
}

export interface GateRun {
  readonly verdict: Verdict;
  /** The verdict in Markdown. */
  readonly text: string;
  readonly comparison: ChampionComparison | null;
}

/** What the gate writes on a model. */
export async function runGate(
  model: Judged,
  {
    champion = noChampion,
    files,
    params = {},
    evaluation = model.evaluation,
    file,
    waivers = [],
    breaches = [],
    catalogue = [],
    groups = GROUPS,
  }: GateCase,
): Promise<GateRun> {
  const inputs = {
    evaluation: await jsonArtifact(evaluation),
    predictions: model.predictions,
    holdout: model.holdout,
    decision: await jsonArtifact(decision),
    catalogue: await jsonArtifact(catalogue),
    champion: await jsonArtifact(champion),
    championFiles: files ?? (await freshFolder()),
    assessment: await jsonArtifact({ ...assessmentExample, fairness: { ...assessmentExample.fairness, breaches } }),
    groups: await tableArtifact(groups.replace('PREDICTIONS', `read_parquet(${sqlString(model.predictions)})`)),
    waivers: await jsonArtifact(waivers),
    rules: file === undefined ? 'configs/gates' : await ruleFolder(file),
  };
  const { outputs, result } = await runBody(gate, run, { inputs, params: { bootstrap: 80, ...params } });
  const written = verdictSchema.parse(JSON.parse(await readFile(outputs.verdict, 'utf8')));
  expect(result).toMatchObject({
    verdict: written.verdict,
    rules: written.rules.map(({ rule: name, passed, value, limit, reason }) => ({ rule: name, passed, value, limit, reason })),
  });
  return {
    verdict: written,
    text: await readFile(outputs.verdictText, 'utf8'),
    comparison: comparisonSchema.nullable().parse(JSON.parse(await readFile(outputs.comparison, 'utf8'))),
  };
}

/** Its verdict alone. */
export async function gateOf(model: Judged, gateCase: GateCase): Promise<Verdict> {
  return (await runGate(model, gateCase)).verdict;
}

export const rule = ({ rules }: Verdict, name: string): Verdict['rules'][number] | undefined => rules.find((found) => found.rule === name);

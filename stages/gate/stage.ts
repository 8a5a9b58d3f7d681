import { z } from 'zod';
import { advisory, artifact, defineStage } from '../../pipeline/index.ts';
import { assess } from '../assess/stage.ts';
import { calibrate } from '../calibrate/stage.ts';
import { champion } from '../champion/stage.ts';
import { encode } from '../encode/stage.ts';
import { evaluate } from '../evaluate/stage.ts';
import { ingest } from '../ingest/stage.ts';
import { comparisonSchema } from './comparison.ts';
import { gateSection, gateSource } from './rules/rule-file.ts';
import { judgedWaiver } from './waivers.ts';

const ruleResult = z.strictObject({
  rule: z.string(),
  passed: z.boolean(),
  /** What was held against the limit: the number or the end of its interval. Null where it does not exist. */
  value: z.number().nullable(),
  limit: z.number().nullable(),
  reason: z.string(),
  metric: z.string().optional(),
  direction: z.enum(['at least', 'at most']).optional(),
  bound: z.enum(['value', 'lower', 'upper']).optional(),
  /** A warning does not reject. */
  severity: z.enum(['error', 'warning']).optional(),
  slice: z.strictObject({ attribute: z.string(), group: z.string() }).optional(),
  /** Of a failed rule: who lets it pass and why, or who did until when. */
  waiver: judgedWaiver.optional(),
});
export type RuleResult = z.infer<typeof ruleResult>;

export const verdictSchema = z.strictObject({
  verdict: z.enum(['passed', 'rejected']),
  /** The champion compared with, such as "credit-scoring version 3", or why there was no comparison. */
  against: z.string(),
  rules: z.array(ruleResult),
  /** All waivers of the file, in force or not. */
  waivers: z.array(judgedWaiver).optional(),
});
export type Verdict = z.infer<typeof verdictSchema>;

/** A limit of the rule file that a config may set for itself; null leaves the file's. */
const override = (rule: string, schema: z.ZodNumber): z.ZodDefault<z.ZodNullable<z.ZodNumber>> =>
  schema.nullable().default(null).describe(`instead of the limit of rule ${rule} in gate.file`);

export const gate = defineStage({
  name: 'gate',
  kind: 'gate',
  description: 'Holds a model back that breaks a rule of the gate file: a limit, a slice, or the champion on the same holdout rows',
  inputs: {
    evaluation: evaluate.out.evaluation,
    predictions: evaluate.out.predictions,
    holdout: encode.out.holdout,
    decision: calibrate.out.decision,
    /** What the codes of the holdout's categories stand for. */
    catalogue: encode.out.catalogue,
    champion: champion.out.status,
    championFiles: champion.out.files,
    /** For the champion's own fitted columns; null in a graph without encode. */
    application_train: advisory(ingest.out.application_train),
    application_test: advisory(ingest.out.application_test),
    bureau: advisory(ingest.out.bureau),
    bureau_balance: advisory(ingest.out.bureau_balance),
    previous_application: advisory(ingest.out.previous_application),
    POS_CASH_balance: advisory(ingest.out.POS_CASH_balance),
    installments_payments: advisory(ingest.out.installments_payments),
    credit_card_balance: advisory(ingest.out.credit_card_balance),
    assessment: assess.out.assessment,
    groups: assess.out.groups,
    waivers: champion.out.waivers,
    rules: gateSource,
  },
  sections: { gate: gateSection },
  params: z.strictObject({
    minAuc: override('auc', z.number().min(0).max(1)),
    maxEce: override('calibration', z.number().gt(0).max(1)),
    maxCostShare: override('cost', z.number().gt(0)),
    maxAucLoss: override('champion_auc, as a loss', z.number().min(0)),
    maxCostIncrease: override('champion_cost', z.number().min(0)),
    bootstrap: z.int().min(50).default(500),
    seed: z.int().min(0).default(11),
  }),
  outputs: {
    verdict: artifact.json(verdictSchema),
    /** The same in Markdown, with the comparison. */
    verdictText: artifact.file({ mediaType: 'text/markdown', extension: '.md' }),
    /** Every number of this model and the champion on the same rows, and who changes sides; null without a champion. */
    comparison: artifact.json(comparisonSchema.nullable()),
  },
  resources: { cpus: 2, memory: '3GiB' },
  native: ['duckdb', 'xgboost', 'lightgbm'],
  run: () => import('./run.ts'),
});

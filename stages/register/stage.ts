import { z } from 'zod';
import { advisory, artifact, defineStage } from '../../pipeline/index.ts';
import { calibrate } from '../calibrate/stage.ts';
import { modelName } from '../champion/model-name.ts';
import { champion } from '../champion/stage.ts';
import { document } from '../document/stage.ts';
import { drift } from '../drift/stage.ts';
import { encode } from '../encode/stage.ts';
import { evaluate } from '../evaluate/stage.ts';
import { explain } from '../explain/stage.ts';
import { gate } from '../gate/stage.ts';
import { ingest } from '../ingest/stage.ts';
import { recourse } from '../recourse/stage.ts';
import { report } from '../report/stage.ts';
import { train } from '../train/stage.ts';

export const registrationSchema = z.strictObject({
  uri: z.string(),
  experimentId: z.string(),
  runId: z.string(),
  runUrl: z.string(),
  modelName: z.string(),
  version: z.string(),
  modelUrl: z.string(),
  alias: z.enum(['champion', 'challenger']),
});

export const register = defineStage({
  name: 'register',
  kind: 'effect',
  description: 'Writes the run, its evidence and the model to MLflow, registers a version and moves the alias that the verdict allows',
  inputs: {
    model: train.out.model,
    summary: train.out.summary,
    trainMetrics: train.out.metrics,
    calibrator: calibrate.out.calibrator,
    decision: calibrate.out.decision,
    calibrationMetrics: calibrate.out.metrics,
    metrics: evaluate.out.metrics,
    evaluation: evaluate.out.evaluation,
    predictions: evaluate.out.predictions,
    figures: evaluate.out.figures,
    sample: evaluate.out.sample,
    example: evaluate.out.example,
    modelCard: document.out.modelCard,
    modelCardPage: document.out.modelCardPage,
    validationPage: document.out.validationPage,
    dataSheetPage: document.out.dataSheetPage,
    explanations: explain.out.explanations,
    explanationReference: explain.out.reference,
    explanationFigures: explain.out.figures,
    explanationPage: explain.out.page,
    recourse: advisory(recourse.out.recourse),
    recoursePage: advisory(recourse.out.page),
    catalogue: encode.out.catalogue,
    /** Null in a graph without encode. */
    fittedState: advisory(encode.out.state),
    development: encode.out.development,
    holdout: encode.out.holdout,
    applicationTrain: ingest.out.application_train,
    applicationTest: ingest.out.application_test,
    champion: champion.out.status,
    championFiles: champion.out.files,
    /** What the champion stage sent already. */
    ahead: advisory(champion.out.ahead),
    verdict: advisory(gate.out.verdict),
    verdictText: advisory(gate.out.verdictText),
    comparison: advisory(gate.out.comparison),
    driftResult: advisory(drift.out.result),
    driftPage: advisory(drift.out.page),
    driftMetrics: advisory(drift.out.metrics),
    reportPage: report.out.page,
  },
  params: z.strictObject({ modelName }),
  outputs: { registration: artifact.json(registrationSchema) },
  resources: { cpus: 1, memory: '512MiB', timeout: '15m' },
  run: () => import('./run.ts'),
});

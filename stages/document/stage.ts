import { advisory, artifact, defineStage } from '../../pipeline/index.ts';
import { assess } from '../assess/stage.ts';
import { calibrate } from '../calibrate/stage.ts';
import { drift } from '../drift/stage.ts';
import { encode } from '../encode/stage.ts';
import { evaluate } from '../evaluate/stage.ts';
import { explain } from '../explain/stage.ts';
import { gate } from '../gate/stage.ts';
import { ingest } from '../ingest/stage.ts';
import { train } from '../train/stage.ts';
import { validate } from '../validate/stage.ts';

const markdown = () => artifact.file({ mediaType: 'text/markdown', extension: '.md' });

export const document = defineStage({
  name: 'document',
  description: 'Model card, validation report and data sheet, as Markdown and HTML; every number is quoted from an artifact',
  inputs: {
    evaluation: evaluate.out.evaluation,
    evaluateMetrics: evaluate.out.metrics,
    figures: evaluate.out.figures,
    assessMetrics: assess.out.metrics,
    model: train.out.model,
    summary: train.out.summary,
    trainMetrics: train.out.metrics,
    calibrator: calibrate.out.calibrator,
    decision: calibrate.out.decision,
    calibrationMetrics: calibrate.out.metrics,
    catalogue: encode.out.catalogue,
    development: encode.out.development,
    holdout: encode.out.holdout,
    contract: validate.out.contract,
    ingestSummary: ingest.out.summary,
    explanations: explain.out.explanations,
    verdict: advisory(gate.out.verdict),
    drift: advisory(drift.out.result),
  },
  outputs: {
    modelCard: markdown(),
    modelCardPage: artifact.report(),
    validation: markdown(),
    validationPage: artifact.report(),
    dataSheet: markdown(),
    dataSheetPage: artifact.report(),
  },
  resources: { cpus: 1, memory: '512MiB' },
  run: () => import('./run.ts'),
});

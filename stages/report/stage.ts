import { advisory, artifact, defineStage } from '../../pipeline/index.ts';
import { calibrate } from '../calibrate/stage.ts';
import { drift } from '../drift/stage.ts';
import { evaluate } from '../evaluate/stage.ts';
import { gate } from '../gate/stage.ts';
import { ingest } from '../ingest/stage.ts';
import { train } from '../train/stage.ts';
import { validate } from '../validate/stage.ts';

export const report = defineStage({
  name: 'report',
  description: 'One static HTML page for the run: verdict, numbers with intervals, figures, economics, fairness, data, drift',
  inputs: {
    evaluation: evaluate.out.evaluation,
    figures: evaluate.out.figures,
    /** For its digest. */
    model: train.out.model,
    summary: train.out.summary,
    trainMetrics: train.out.metrics,
    calibrator: calibrate.out.calibrator,
    decision: calibrate.out.decision,
    calibrationMetrics: calibrate.out.metrics,
    contract: validate.out.contract,
    ingestSummary: ingest.out.summary,
    verdict: advisory(gate.out.verdict),
    drift: advisory(drift.out.result),
  },
  outputs: { page: artifact.report() },
  resources: { cpus: 1, memory: '1GiB' },
  run: () => import('./run.ts'),
});

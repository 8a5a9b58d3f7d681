import { DuckDb, type StageBody } from '../../pipeline/index.ts';
import { brier } from '../metrics/brier.ts';
import { expectedCalibrationError } from '../metrics/calibration-error.ts';
import { costPerApplicant, costsOf } from '../metrics/cost.ts';
import { logLoss } from '../metrics/log-loss.ts';
import { chooseMethod } from './choose-method.ts';
import { crossFit } from './cross-fit.ts';
import { decide } from './decide.ts';
import { CALIBRATION_METHODS, fitCalibrator } from './fit-calibrator.ts';
import { readOof } from './oof.ts';
import type { calibrate } from './stage.ts';

/** An expected calibration error above this moves decisions at the cost threshold noticeably. */
const POOR_CALIBRATION = 0.02;

const run: StageBody<typeof calibrate> = async ({ inputs, params, outputs, threads, memoryMb, tempDir, log, progress }) => {
  using db = await DuckDb.open({ threads, memoryMb: memoryMb / 2, tempDir });
  const oof = await readOof(db, inputs.oof.path);
  const calibrated = {
    none: crossFit('none', oof),
    platt: crossFit('platt', oof),
    beta: crossFit('beta', oof),
    isotonic: crossFit('isotonic', oof),
  };
  for (const method of CALIBRATION_METHODS) {
    outputs.metrics.log(`calibration_log_loss_${method}`, logLoss(oof.target, calibrated[method]));
    outputs.metrics.log(`calibration_brier_${method}`, brier(oof.target, calibrated[method]));
    outputs.metrics.log(`calibration_ece_${method}`, expectedCalibrationError(oof.target, calibrated[method]));
  }
  const method = params.method === 'auto' ? chooseMethod(oof.target, calibrated) : params.method;
  const scores = calibrated[method];
  const ece = expectedCalibrationError(oof.target, scores);
  if (ece > POOR_CALIBRATION) {
    log.warn(
      `with calibration "${method}" probabilities are off by ${ece.toFixed(3)} on average; the cost threshold assumes that they are right`,
      { method, ece },
    );
  }
  const costs = costsOf(params);
  const { decision, economics } = decide(oof.target, scores, {
    costs,
    rule: params.threshold,
    payoffs: params.profit,
    maxApprovalShare: params.maxApprovalShare,
    deploymentRate: params.deploymentRate,
    replicates: params.bootstrap,
    seed: params.seed,
    onReplicate: (done) => progress(done, params.bootstrap, 'interval of the threshold'),
  });
  outputs.metrics.log('threshold', decision.threshold);
  outputs.metrics.log('threshold_from_data', decision.thresholdFromData.value);
  outputs.metrics.log('threshold_regret', decision.thresholdFromData.regretOfCostThreshold);
  outputs.metrics.log('calibrated_cost_per_applicant', costPerApplicant(oof.target, scores, decision.threshold, costs));
  await outputs.calibrator.write(fitCalibrator(method, oof));
  await outputs.decision.write(decision);
  await outputs.economics.write(economics);
  if (economics.implied.note !== null)
    log.warn(`${economics.implied.note}; set params.calibrate.costFalseNegative, costFalsePositive and profit so that they agree`, {
      costs: economics.implied.costs,
      profit: economics.implied.profit,
    });
  log.info(`calibration: ${method}; refuse at or above ${decision.threshold.toFixed(4)}`);
};
export default run;

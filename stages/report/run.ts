import type { StageBody } from '../../pipeline/index.ts';
import { readFigures } from '../pages/read-figures.ts';
import { runPage } from './run-page.ts';
import type { report } from './stage.ts';

const run: StageBody<typeof report> = async ({ inputs, outputs, log }) => {
  const { verdict, drift } = inputs;
  const digests = Object.fromEntries(Object.entries(inputs).flatMap(([name, input]) => (input === null ? [] : [[name, input.digest]])));
  const page = runPage({
    evaluation: await inputs.evaluation.read(),
    figures: await readFigures(inputs.figures.path),
    summary: await inputs.summary.read(),
    trainMetrics: await inputs.trainMetrics.read(),
    calibrator: await inputs.calibrator.read(),
    decision: await inputs.decision.read(),
    calibrationMetrics: await inputs.calibrationMetrics.read(),
    contract: await inputs.contract.read(),
    ingest: await inputs.ingestSummary.read(),
    verdict: verdict === null ? null : await verdict.read(),
    drift: drift === null ? null : await drift.read(),
    digests,
  });
  await outputs.page.write(page);
  log.info('report written', { bytes: Buffer.byteLength(page), highlights: [{ label: 'Report', port: 'page' }] });
};
export default run;

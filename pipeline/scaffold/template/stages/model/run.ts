import type { StageBody } from 'sluice';
import { fitLine } from './fit-line.ts';
import type { model } from './stage.ts';

const run: StageBody<typeof model> = async ({ inputs, params, outputs }) => {
  const { heatingBelow, holdoutEvery } = params;
  const days = (await inputs.rows.read()).map(({ celsius, kwh }) => ({ x: Math.max(0, heatingBelow - celsius), y: kwh }));
  const train = days.filter((_, index) => index % holdoutEvery !== 0);
  const holdout = days.filter((_, index) => index % holdoutEvery === 0);
  const { intercept, slope } = fitLine(train);
  const usual = train.reduce((sum, { y }) => sum + y, 0) / train.length;
  const meanError = (predict: (x: number) => number): number =>
    holdout.reduce((sum, { x, y }) => sum + Math.abs(predict(x) - y), 0) / holdout.length;
  outputs.metrics.log(
    'holdout_error_kwh',
    meanError((x) => intercept + slope * x),
  );
  outputs.metrics.log(
    'holdout_error_of_the_mean_kwh',
    meanError(() => usual),
  );
  await outputs.model.write({ base: intercept, perDegree: slope, heatingBelow });
};
export default run;

import type { GateRuleResult, StageBody } from 'sluice';
import type { check } from './stage.ts';

const run: StageBody<typeof check> = async ({ inputs, params, outputs }) => {
  const metrics = await inputs.metrics.read();
  const valueOf = (name: string): number => metrics.find((point) => point.name === name)?.value ?? Number.POSITIVE_INFINITY;
  const [error, ofTheMean] = [valueOf('holdout_error_kwh'), valueOf('holdout_error_of_the_mean_kwh')];
  const rules: GateRuleResult[] = [
    {
      rule: 'error',
      passed: error <= params.maxError,
      value: error,
      limit: params.maxError,
      reason: 'mean error on days not fitted to, kWh',
    },
    { rule: 'better_than_the_mean', passed: error < ofTheMean, value: error, limit: ofTheMean, reason: 'error of always saying the mean' },
  ];
  const verdict = rules.every(({ passed }) => passed) ? 'passed' : 'rejected';
  await outputs.verdict.write(verdict);
  return { verdict, rules };
};
export default run;

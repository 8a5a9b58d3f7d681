/** All trainers on the same rows and folds; README.md says how to run it. */
import { reportArms } from '../report-arms.ts';

await reportArms('All trainers', [
  { name: 'xgboost', params: { colsample: 0.1 } },
  { name: 'lightgbm', params: { trainer: 'lightgbm' } },
  { name: 'forest', params: { trainer: 'forest' } },
  { name: 'logistic', params: { trainer: 'logistic' } },
  { name: 'logistic on WoE', params: { trainer: 'logistic', logistic: { inputs: 'woe' } } },
  { name: 'scorecard', params: { trainer: 'scorecard' } },
  { name: 'mlp', params: { trainer: 'mlp' } },
  { name: 'dummy', params: { trainer: 'dummy' } },
]);

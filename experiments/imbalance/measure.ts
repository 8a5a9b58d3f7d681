/** What weights and resampling do to a boosted model and to a linear one; README.md says how to run it. */
import type { Arm } from '../compare-arms.ts';
import { reportArms } from '../report-arms.ts';

const TRAINERS = { xgboost: { trainer: 'xgboost', eta: 0.1, colsample: 0.1 }, logistic: { trainer: 'logistic' } } as const;
const CHOICES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  none: {},
  balanced: { classWeight: 'balanced' },
  cost: { classWeight: 'cost' },
  undersample: { resample: 'undersample' },
  smote: { resample: 'smote' },
};

const arms = Object.entries(TRAINERS).flatMap(([trainer, settings]) =>
  Object.entries(CHOICES).map(([name, choice]): Arm => ({ name: `${trainer}, ${name}`, params: { ...settings, ...choice } })),
);
await reportArms('Class imbalance: what each choice does', arms);

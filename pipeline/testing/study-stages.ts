/** A tiny pipeline for studies: rows are dealt into development and holdout, fitted, and judged on the holdout. */
export const studyStages: Readonly<Record<string, string>> = {
  'package.json': '{"type":"module","sideEffects":false,"sluice":{"config":"configs/study.yaml"}}',
  'package-lock.json': '{}',
  'configs/study.yaml': 'version: 1\n',
  'stages/index.ts': `
import { definePipeline } from 'SLUICE';
import { deal, fit, judge, rows } from './graph.ts';
export const pipeline = definePipeline({ name: 'study', stages: [rows, deal, fit, judge] });
`,
  'stages/graph.ts': `
import { z } from 'zod';
import { artifact, defineStage } from 'SLUICE';
const list = artifact.json(z.array(z.number()));
export const rows = defineStage({ name: 'rows', description: 'Reads', params: z.strictObject({ values: z.array(z.number()).default([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) }), outputs: { rows: list }, run: () => import('./rows.ts') });
export const deal = defineStage({ name: 'deal', description: 'Deals', inputs: { rows: rows.out.rows }, params: z.strictObject({ seed: z.int().default(0), foldSeed: z.int().default(0) }), outputs: { development: list, holdout: list }, run: () => import('./deal.ts') });
export const fit = defineStage({ name: 'fit', description: 'Fits', inputs: { rows: deal.out.development }, params: z.strictObject({ slope: z.number().min(0).max(10).default(1), kind: z.enum(['plain', 'square', 'broken']).default('plain'), rounds: z.int().min(1).default(1), napMs: z.int().default(0) }), outputs: { metrics: artifact.metrics(), loss: artifact.json(z.number()) }, run: () => import('./fit.ts') });
export const judge = defineStage({ name: 'judge', description: 'Judges', inputs: { rows: deal.out.holdout, loss: fit.out.loss }, outputs: { metrics: artifact.metrics() }, run: () => import('./judge.ts') });
`,
  'stages/rows.ts': `export default async ({ params, outputs }) => { await outputs.rows.write(params.values); };\n`,
  'stages/deal.ts': `
export default async ({ inputs, params, outputs }) => {
  const rows = await inputs.rows.read();
  await outputs.development.write(rows.slice(0, 8).map((row) => row + params.foldSeed / 10));
  await outputs.holdout.write(rows.slice(8));
};
`,
  // Loss of slope s on rows r: (mean r · s − 9)² / rounds; square: doubled.
  'stages/fit.ts': `
export default async ({ inputs, params, outputs }) => {
  if (params.kind === 'broken') throw new Error('no fit of kind broken');
  const rows = await inputs.rows.read();
  if (params.napMs > 0 && params.slope > 1) await new Promise((wake) => setTimeout(wake, params.napMs));
  const mean = rows.reduce((sum, row) => sum + row, 0) / rows.length;
  const loss = ((mean * params.slope - 9) ** 2 * (params.kind === 'square' ? 2 : 1)) / params.rounds;
  outputs.metrics.log('cv_loss', loss);
  outputs.metrics.log('cv_mean', mean);
  outputs.metrics.log('curve', 1, 1);
  outputs.metrics.log('curve', 2, 2);
  await outputs.loss.write(loss);
};
`,
  'stages/judge.ts': `
export default async ({ inputs, outputs }) => { outputs.metrics.log('holdout_loss', (await inputs.rows.read())[0] + (await inputs.loss.read())); };
`,
};

/** A study of that pipeline. */
export const slopeStudy = `title: Slopes
space:
  params.fit.slope: [1, 2, 3]
target: { metric: fit.cv_loss, direction: minimize }
`;

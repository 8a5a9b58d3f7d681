/** A tiny pipeline for engine tests: numbers → double → total, with a gate and a log beside it. */
export const numberStages: Readonly<Record<string, string>> = {
  'stages/index.ts': `
import { definePipeline } from 'SLUICE';
import { check, double, numbers, summary, total } from './graph.ts';
export const pipeline = definePipeline({ name: 'numbers', stages: [numbers, double, total, check, summary] });
`,
  'stages/graph.ts': `
import { z } from 'zod';
import { advisory, artifact, defineStage } from 'SLUICE';
const list = z.array(z.number());
export const numbers = defineStage({ name: 'numbers', description: 'Counts up', params: z.strictObject({ count: z.int().default(3), label: z.string().default('a') }), outputs: { list: artifact.json(list) }, run: () => import('./numbers.ts') });
export const double = defineStage({ name: 'double', description: 'Doubles', inputs: { list: numbers.out.list }, params: z.strictObject({ factor: z.number().default(2) }), outputs: { list: artifact.json(list), folder: artifact.directory() }, run: () => import('./double.ts') });
export const total = defineStage({ name: 'total', description: 'Adds up', inputs: { list: double.out.list, folder: double.out.folder }, outputs: { total: artifact.json(z.number()) }, run: () => import('./total.ts') });
export const check = defineStage({ name: 'check', kind: 'gate', description: 'Not too large', inputs: { total: total.out.total }, params: z.strictObject({ limit: z.number().default(100) }), outputs: { verdict: artifact.json(z.string()) }, run: () => import('./check.ts') });
export const summary = defineStage({ name: 'summary', description: 'Says so', inputs: { total: total.out.total, verdict: advisory(check.out.verdict) }, outputs: { text: artifact.file({ mediaType: 'text/plain', extension: '.txt' }) }, run: () => import('./summary.ts') });
`,
  'stages/numbers.ts': `
import { range } from './lib/range.ts';
export default async ({ params, outputs }) => { await outputs.list.write(range(params.count)); };
`,
  'stages/lib/range.ts': `
import { one } from './one.ts';
export const range = (count) => Array.from({ length: count }, (_, index) => index + one);
export const unused = () => 42;
`,
  'stages/lib/one.ts': `export const one = 1;\n`,
  'stages/double.ts': `
import { mkdir, writeFile } from 'node:fs/promises';
export default async ({ inputs, params, outputs }) => {
  const list = await inputs.list.read();
  await outputs.list.write(list.map((value) => value * params.factor));
  await mkdir(outputs.folder.path + '/sub');
  await writeFile(outputs.folder.path + '/sub/é.txt', 'n = ' + list.length);
};
`,
  'stages/total.ts': `
import { readFile } from 'node:fs/promises';
export default async ({ inputs, outputs }) => {
  const text = await readFile(inputs.folder.path + '/sub/é.txt', 'utf8');
  if (!text.startsWith('n = ')) throw new Error('folder is wrong');
  await outputs.total.write((await inputs.list.read()).reduce((sum, value) => sum + value, 0));
};
`,
  'stages/check.ts': `
export default async ({ inputs, params, outputs }) => {
  const total = await inputs.total.read();
  const verdict = total <= params.limit ? 'passed' : 'rejected';
  await outputs.verdict.write(verdict);
  return { verdict, rules: [{ rule: 'limit', passed: total <= params.limit, value: total, limit: params.limit, reason: 'total ' + total }] };
};
`,
  'stages/summary.ts': `
import { writeFile } from 'node:fs/promises';
export default async ({ inputs, outputs }) => { await writeFile(outputs.text.path, (await inputs.total.read()) + ' ' + (inputs.verdict === null ? 'no verdict' : await inputs.verdict.read())); };
`,
};

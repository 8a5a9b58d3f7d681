/** Makes projects of N trivial stages, for Sluice and for its peers: the same graph, the same work (a small file a stage). */
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

export const REPOSITORY = join(import.meta.dirname, '../..');

/** @typedef {'chain' | 'fan-out' | 'diamond'} Shape */

/**
 * The indices that stage `index` takes from.
 * @param {Shape} shape chain: the one before; fan-out: all from the first; diamond: layers of ten, two parents each, in and out by one
 */
export function parentsOf(index, count, shape) {
  if (index === 0) return [];
  if (shape === 'chain') return [index - 1];
  if (shape === 'fan-out') return [0];
  if (index <= 10) return [0];
  if (index === count - 1) return Array.from({ length: Math.min(10, count - 2) }, (_, back) => index - 1 - back);
  const above = index - 10;
  return [above, Math.floor((above - 1) / 10) * 10 + 1 + (above % 10)].filter(
    (parent, at, all) => parent < index && all.indexOf(parent) === at,
  );
}

export function nameOf(index) {
  return `s${String(index).padStart(4, '0')}`;
}

/** Writes all files below a folder that is made anew. */
export async function writeProject(dir, files) {
  await rm(dir, { recursive: true, force: true });
  const folders = new Set(Object.keys(files).map((path) => dirname(join(dir, path))));
  for (const folder of folders) await mkdir(folder, { recursive: true });
  for (const [path, text] of Object.entries(files)) await writeFile(join(dir, path), text);
}

/** A project as a user writes it: a declaration and a body a stage, a helper that all bodies share, `sluice` and `zod` installed. */
export async function sluiceProject(dir, { stages: count, shape }) {
  const names = Array.from({ length: count }, (_, index) => nameOf(index));
  const files = {
    'package.json': `${JSON.stringify({ type: 'module', sideEffects: false, sluice: { pipeline: 'stages/index.ts', config: 'config.yaml' } })}\n`,
    'config.yaml': 'version: 1\nparams: {}\n',
    'stages/lib/step.ts': `import { tag } from './tag.ts';\nexport const step = (name: string, parts: readonly string[]): string => [tag, name, ...parts.map((part) => part.length)].join(' ');\n`,
    'stages/lib/tag.ts': "export const tag = 'step';\n",
    'stages/index.ts': `import { definePipeline } from 'sluice';\n${names.map((name) => `import { ${name} } from './${name}/stage.ts';`).join('\n')}
export const pipeline = definePipeline({ name: 'bench', stages: [${names.join(', ')}] });\n`,
  };
  for (const [index, name] of names.entries()) {
    const parents = parentsOf(index, count, shape).map(nameOf);
    files[`stages/${name}/stage.ts`] =
      `import { z } from 'zod';\nimport { artifact, defineStage } from 'sluice';\n${parents.map((parent) => `import { ${parent} } from '../${parent}/stage.ts';\n`).join('')}
export const ${name} = defineStage({
  name: '${name}',
  description: 'Stage ${index}',
  inputs: { ${parents.map((parent) => `${parent}: ${parent}.out.text`).join(', ')} },
  params: z.strictObject({ weight: z.number().default(${index}) }),
  outputs: { text: artifact.file({ mediaType: 'text/plain', extension: '.txt' }) },
  run: () => import('./run.ts'),
});\n`;
    files[`stages/${name}/run.ts`] = `import { readFile, writeFile } from 'node:fs/promises';\nimport { step } from '../lib/step.ts';
export default async ({ inputs, params, outputs }) => {
  const parts = await Promise.all(Object.values(inputs).map(({ path }) => readFile(path, 'utf8')));
  await writeFile(outputs.text.path, step('${name}', [...parts, String(params.weight)]));
};\n`;
  }
  await writeProject(dir, files);
  await mkdir(join(dir, 'node_modules'));
  await symlink(REPOSITORY, join(dir, 'node_modules/sluice'));
  await symlink(join(REPOSITORY, 'node_modules/zod'), join(dir, 'node_modules/zod'));
}

/** How to start this checkout's command line. */
export const SLUICE = [process.execPath, join(REPOSITORY, 'bin/sluice.mjs')];

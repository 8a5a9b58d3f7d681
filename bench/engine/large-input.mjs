/**
 * A large input that did not change is not read again.
 *
 *   node bench/engine/large-input.mjs [--mib 1024]
 *
 * JSON lines: bytes that the first `run`, which must hash it, and the second one read in the engine's own process.
 */
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measure, report } from './measure.mjs';
import { SLUICE, sluiceProject } from './project.mjs';
import { mkdir, writeFile } from 'node:fs/promises';

const { values: options } = parseArgs({ options: { mib: { type: 'string', default: '1024' } } });
const mib = Number(options.mib);
const dir = await mkdtemp(join(tmpdir(), 'sluice-bench-'));
await sluiceProject(dir, { stages: 1, shape: 'chain' });
await writeFile(
  join(dir, 'stages/s0000/stage.ts'),
  `import { artifact, defineStage, folderSource } from 'sluice';
export const s0000 = defineStage({
  name: 's0000',
  description: 'Looks at a large file',
  inputs: { raw: folderSource({ key: 'data', locate: () => 'data', include: (name) => name.endsWith('.bin') }) },
  outputs: { text: artifact.file({ mediaType: 'text/plain', extension: '.txt' }) },
  run: () => import('./run.ts'),
});\n`,
);
await writeFile(
  join(dir, 'stages/s0000/run.ts'),
  "import { writeFile } from 'node:fs/promises';\nexport default async ({ inputs, outputs }) => { await writeFile(outputs.text.path, Object.keys(inputs.raw.files).join(' ')); };\n",
);
await mkdir(join(dir, 'data'));
const file = await open(join(dir, 'data/large.bin'), 'w');
const block = Buffer.alloc(1 << 20, 'sluice');
for (let index = 0; index < mib; index += 1) await file.write(block);
await file.close();
for (const bench of ['first run on a large input', 'second run, input unchanged']) {
  const { code, wallMs, cpuMs, readMb, stderr } = await measure([...SLUICE, 'run'], { cwd: dir, watch: true });
  if (code !== 0) throw new Error(stderr);
  report(bench, { inputMib: mib, wallMs, cpuMs, readMib: readMb });
}
await rm(dir, { recursive: true });

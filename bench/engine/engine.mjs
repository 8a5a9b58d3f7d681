/**
 * What the engine itself costs, on generated projects of trivial stages.
 *
 *   node bench/engine/engine.mjs [--stages 10] [--shape chain|fan-out|diamond] [--dir DIR]
 *
 * One JSON line a figure: the cold run and its cost a stage over a bare child that does the same work; then, with nothing to
 * do, `status`, `plan` and `run`; then `plan` after an edit of one body, and of the helper that all bodies import.
 */
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measure, measureBesideNode, report } from './measure.mjs';
import { nameOf, SLUICE, sluiceProject } from './project.mjs';

const { values: options } = parseArgs({
  options: { stages: { type: 'string', default: '10' }, shape: { type: 'string', default: 'diamond' }, dir: { type: 'string' } },
});
/** Above it a second execution of all stages takes too long. */
const MOST_FORCED = 300;
const count = Number(options.stages);
const about = { stages: count, shape: options.shape };
const dir = options.dir ?? (await mkdtemp(join(tmpdir(), 'sluice-bench-')));
const repeat = count > 300 ? 3 : 7;
await sluiceProject(dir, about);

const bare = await bareChild();
const cold = await measure([...SLUICE, 'run'], { cwd: dir, watch: true });
if (cold.code !== 0) throw new Error(cold.stderr);
report('cold run', { ...about, wallMs: cold.wallMs, cpuMs: cold.cpuMs, parentPeakMb: cold.peakMb, wallMsPerStage: cold.wallMs / count });

await measure([...SLUICE, 'status'], { cwd: dir }); // works the answer out, and keeps it
report('status, nothing to do', { ...about, ...(await measureBesideNode([...SLUICE, 'status'], { cwd: dir, repeat: 7 })) });
report('plan, nothing to do', { ...about, ...(await measureBesideNode([...SLUICE, 'plan'], { cwd: dir, repeat })) });
report('run, nothing to do', { ...about, ...(await measureBesideNode([...SLUICE, 'run'], { cwd: dir, repeat })) });
// With a flag it looks at everything, as a run does that has something to do.
const full = await measureBesideNode([...SLUICE, 'run', '-j', '2'], { cwd: dir, repeat });
report('run that looks at everything and finds nothing to do', { ...about, ...full });
if (count <= MOST_FORCED) {
  // Of a few stages a single run tells little: 100 ms more or less are 10 ms a stage.
  const forced = [];
  for (let round = 0; round < (count > 30 ? 1 : 5); round += 1)
    forced.push((await measure([...SLUICE, 'run', '--force'], { cwd: dir })).cpuMs);
  const over = forced.map((cpuMs) => (cpuMs - full.cpuMs) / count - bare.cpuMs).toSorted((a, b) => a - b);
  report('executed stage over its own child', {
    ...about,
    cpuMs: over[over.length >> 1],
    leastCpuMs: over[0],
    mostCpuMs: over.at(-1),
    bareChildCpuMs: bare.cpuMs,
  });
}

const body = join(dir, 'stages', nameOf(Math.floor(count / 2)), 'run.ts');
await writeFile(body, (await readFile(body, 'utf8')).replace('[...parts,', "[...parts, 'edited',"));
await planOnce('plan after an edit of one body');
await appendFile(join(dir, 'stages/lib/tag.ts'), '// a comment\n');
await planOnce('plan after a comment in the helper of all bodies');
await writeFile(join(dir, 'stages/lib/tag.ts'), "export const tag = 'edited';\n");
await planOnce('plan after an edit of the helper of all bodies');
if (options.dir === undefined) await rm(dir, { recursive: true });

async function planOnce(bench) {
  const { wallMs, cpuMs, peakMb, code, stderr } = await measure([...SLUICE, 'plan'], { cwd: dir, watch: true });
  if (code !== 0) throw new Error(stderr);
  report(bench, { ...about, wallMs, cpuMs, parentPeakMb: peakMb });
}

/** Node doing a stage's work and nothing else. */
async function bareChild() {
  const file = join(dir, 'bare.mjs');
  await writeFile(
    file,
    `import { readFile, writeFile } from 'node:fs/promises';\nconst parts = [await readFile(${JSON.stringify(join(dir, 'config.yaml'))}, 'utf8')];\nawait writeFile(${JSON.stringify(join(dir, 'bare.txt'))}, parts.join(' '));\n`,
  );
  return measureBesideNode([process.execPath, file], { cwd: dir, repeat: 10 });
}

/**
 * The scorer inside its process, without HTTP: start, memory, scores and explanations one after the other and 64 at a time, raw rows.
 *
 *   npm run bench -- scorer [--applicants 300] [--repeat 3]
 *
 * Serves the project's kept champion and last run (SLUICE_ARTIFACTS; after `sluice score` or `make serve`). One JSON line; milliseconds by the
 * wall, CPU milliseconds of the whole process, and each figure as a ratio to its bar: below 1 holds. Explanations are of raw rows'
 * features, never remembered ones.
 */
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { artifactPath, namedArtifact } from '../../pipeline/execute/answers/artifact-path.ts';
import { openProject } from '../../pipeline/execute/project/project.ts';
import { bundleModule } from '../../pipeline/fingerprint/bundle-module.ts';
import type { RawRows } from '../../stages/features/raw-columns.ts';
import { Scorer } from '../../serving/scorer/scorer.ts';

/** Milliseconds, and MB of resident memory. */
const BARS = { ready: 2000, memory: 300, score: 0.2, explain: 5, raw: 60, explainP99Of64: 300 } as const;
const AT_ONCE = 64;

const { values: options } = parseArgs({
  options: { applicants: { type: 'string', default: '300' }, repeat: { type: 'string', default: '3' } },
});
const project = openProject(process.cwd());
const bundle = async (file: string): Promise<string> =>
  (await bundleModule(join(project.dir, file), { projectDir: project.dir, cacheDir: project.cacheDir })).path;
const artifact = async (port: string) => ({
  path: await artifactPath(project, port),
  sha256: (await namedArtifact(project, port)).artifact.digest,
});
const base = { projectDir: project.dir, artifactsDir: project.artifactsDir, artifact, bundle, registry: null } as const;

// The index is made by the first start, and is not what is measured.
const first = await Scorer.open(base);
await first.prepared();
await first.close();

const opening = process.cpuUsage();
const started = performance.now();
await using scorer = await Scorer.open(base);
const readyMs = performance.now() - started;
const readyCpuMs = cpuSince(opening);
await scorer.prepared();
const preparedMs = performance.now() - started;
const { ids } = await scorer.applicants({ limit: Number(options.applicants) });
const rows: RawRows[] = [];
for (const id of ids.slice(0, 40)) rows.push((await scorer.inputs({ id })).rows);

const plain = { reasons: false } as const;
const repeats = Array.from({ length: Number(options.repeat) }, () => ids).flat();
await inTurn(ids, (id) => scorer.score({ id }, plain));
const score = await inTurn(repeats, (id) => scorer.score({ id }, plain));
const scoreOf64 = await atOnce(repeats, (id) => scorer.score({ id }, plain));
const raw = await inTurn(rows, (own) => scorer.score({ rows: own }, plain));
// By id the contributions are remembered after the first time: each id is asked about once.
const explainFirst = await inTurn(ids.slice(0, ids.length / 2), (id) => scorer.explain({ id }));
const explainOf64 = await atOnce(ids.slice(ids.length / 2), (id) => scorer.explain({ id }));
const memoryMb = process.memoryUsage.rss() / 1e6;
const { champion, book } = scorer.status();
process.stdout.write(
  `${JSON.stringify({
    bench: 'scorer',
    model: champion.version,
    features: scorer.overview().features,
    applicants: book?.applicants ?? 0,
    readyMs: Math.round(readyMs),
    readyCpuMs: Math.round(readyCpuMs),
    preparedMs: Math.round(preparedMs),
    memoryMb: Math.round(memoryMb),
    score,
    scoreOf64,
    raw,
    explain: explainFirst,
    explainOf64,
    toBar: {
      ready: ratio(readyMs, BARS.ready),
      memory: ratio(memoryMb, BARS.memory),
      scoreARow: ratio(1000 / scoreOf64.aSecond, BARS.score),
      raw: ratio(raw.p50, BARS.raw),
      explain: ratio(explainFirst.p50, BARS.explain),
      explainP99Of64: ratio(explainOf64.p99, BARS.explainP99Of64),
    },
  })}\n`,
);

interface Times {
  readonly calls: number;
  readonly p50: number;
  readonly p99: number;
  readonly aSecond: number;
  readonly cpuMs: number;
}

async function inTurn<T>(asked: readonly T[], call: (of: T) => Promise<unknown>): Promise<Times> {
  return await timed(asked.length, async (times) => {
    for (const of of asked) times.push(await timeOf(() => call(of)));
  });
}

async function atOnce<T>(asked: readonly T[], call: (of: T) => Promise<unknown>): Promise<Times> {
  return await timed(asked.length, async (times) => {
    let next = 0;
    const caller = async (): Promise<void> => {
      for (let at = next++; at < asked.length; at = next++) {
        const of = asked[at];
        if (of !== undefined) times.push(await timeOf(() => call(of)));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, caller));
  });
}

async function timed(calls: number, work: (times: number[]) => Promise<void>): Promise<Times> {
  const times: number[] = [];
  const [before, begun] = [process.cpuUsage(), performance.now()];
  await work(times);
  const wall = performance.now() - begun;
  const cpu = cpuSince(before);
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number => Number((sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN).toFixed(3));
  return { calls, p50: at(0.5), p99: at(0.99), aSecond: Math.round((calls / wall) * 1000), cpuMs: Number((cpu / calls).toFixed(3)) };
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

function cpuSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function ratio(value: number, bar: number): number {
  return Number((value / bar).toFixed(3));
}

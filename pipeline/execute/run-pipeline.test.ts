import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { numberStages } from '../testing/number-stages.ts';
import { TempProject } from '../testing/temp-project.ts';

const config = (params: Record<string, unknown> = {}) => ({
  params: { numbers: { count: 3, label: 'a' }, double: { factor: 2 }, check: { limit: 100 }, ...params },
});
const all = (outcome: string) => ({ numbers: outcome, double: outcome, total: outcome, check: outcome, summary: outcome });

describe('runPipeline', () => {
  test('executes once, then reuses everything', async () => {
    await using project = await TempProject.create(numberStages);
    const first = await project.run(config());
    expect(first).toMatchObject({ exitCode: 0, outcomes: all('executed') });
    expect(await project.run(config())).toMatchObject({ exitCode: 0, outcomes: all('reused') });
    expect((await project.plan(config())).stages.map(({ action }) => action)).toEqual(['reuse', 'reuse', 'reuse', 'reuse', 'reuse']);
  });

  test('a helper two imports deep reruns what uses it; a comment, a local name or an unused export nothing', async () => {
    await using project = await TempProject.create(numberStages);
    await project.runWell(config());
    await project.write({
      'stages/lib/range.ts':
        "// why\nimport { one } from './one.ts';\nexport const range = (n) => Array.from({ length: n }, (_, at) => at + one);\nexport const unused = () => 43;\n",
    });
    expect((await project.run(config())).outcomes).toEqual(all('reused'));
    await project.write({ 'stages/lib/one.ts': 'export const one = 2;\n' });
    const planned = await project.plan(config());
    expect(planned.stages[0]).toMatchObject({
      stage: 'numbers',
      action: 'run',
      changes: [expect.stringMatching(/^its code \(stages\/lib\/one\.ts: one/)],
    });
    expect((await project.run(config())).outcomes).toEqual(all('executed'));
  });

  test('a key that a stage read reruns it and what follows; a key that nobody read reruns nothing', async () => {
    await using project = await TempProject.create(numberStages);
    await project.runWell(config());
    expect((await project.run(config({ numbers: { count: 3, label: 'b' } }))).outcomes).toEqual(all('reused'));
    const planned = await project.plan(config({ double: { factor: 3 } }));
    expect(planned.stages.map(({ stage, action, reason }) => [stage, action, reason]).slice(0, 2)).toEqual([
      ['numbers', 'reuse', 'nothing that it depends on changed'],
      ['double', 'run', 'params.double.factor: 2 → 3'],
    ]);
    expect((await project.run(config({ double: { factor: 3 } }))).outcomes).toEqual({ ...all('executed'), numbers: 'reused' });
    expect((await project.run(config())).outcomes).toEqual(all('reused'));
  });

  test('an upstream that reran to the same bytes stops the wave', async () => {
    await using project = await TempProject.create(numberStages);
    await project.runWell(config());
    await project.write({
      'stages/numbers.ts':
        'export default async ({ params, outputs }) => { const list = []; for (let i = 1; i <= params.count; i++) list.push(i); await outputs.list.write(list); };\n',
    });
    expect((await project.run(config())).outcomes).toEqual({ ...all('reused'), numbers: 'executed' });
  });

  test('a rejected gate ends with 3, and what only reads its verdict still runs', async () => {
    await using project = await TempProject.create(numberStages);
    const run = await project.run(config({ check: { limit: 1 } }));
    expect(run).toMatchObject({ exitCode: 3, outcomes: all('executed') });
    expect(run.events.find((event) => event.type === 'gate.verdict')).toMatchObject({
      verdict: 'rejected',
      rules: [{ rule: 'limit', value: 12, limit: 1 }],
    });
    expect(await project.run(config({ check: { limit: 1 } }))).toMatchObject({ exitCode: 3, outcomes: all('reused') });
  });

  test('a gate that is an input blocks', async () => {
    await using project = await TempProject.create({
      ...numberStages,
      'stages/graph.ts': numberStages['stages/graph.ts']?.replace('advisory(check.out.verdict)', 'check.out.verdict') ?? '',
    });
    expect(await project.run(config({ check: { limit: 1 } }))).toMatchObject({
      exitCode: 3,
      outcomes: { check: 'executed', summary: 'blocked' },
    });
  });

  test('a failing stage ends with 1, keeps what was done, and leaves nothing that a later run takes for good', async () => {
    await using project = await TempProject.create({
      ...numberStages,
      'stages/total.ts': "export default async ({ outputs }) => { await outputs.total.write(1); throw new Error('boom at 42'); };\n",
    });
    const failed = await project.run(config());
    expect(failed).toMatchObject({
      exitCode: 1,
      outcomes: { numbers: 'executed', double: 'executed', total: 'failed', check: 'blocked', summary: 'blocked' },
    });
    expect(failed.events.find((event) => event.type === 'stage.finished' && event.stage === 'total')).toMatchObject({
      error: { code: 'STAGE_FAILED', message: 'boom at 42' },
    });
    await project.write(numberStages);
    expect(await project.run(config())).toMatchObject({
      exitCode: 0,
      outcomes: { ...all('executed'), numbers: 'reused', double: 'reused' },
    });
    expect(await readdir(join(project.dir, 'artifacts/staging'))).toEqual([]);
  });

  test('a body that kills its own process is reported with the signal and what it last said', async () => {
    await using project = await TempProject.create({
      ...numberStages,
      'stages/total.ts':
        "export default async () => { console.error('last words'); await new Promise((r) => setTimeout(r, 100)); process.kill(process.pid, 'SIGKILL'); await new Promise((r) => setTimeout(r, 5000)); };\n",
    });
    const crashed = (await project.run(config())).events.find((event) => event.type === 'stage.finished' && event.stage === 'total');
    expect(crashed).toMatchObject({
      outcome: 'failed',
      error: { code: 'STAGE_CRASHED', message: expect.stringMatching(/SIGKILL[^]*last words/) },
    });
  });

  test('a bit flipped in a blob is found, set aside and healed, never served', async () => {
    await using project = await TempProject.create(numberStages);
    await project.runWell(config());
    const blob = await findBlob(project, '[\n 1,\n 2,\n 3\n]\n');
    await chmod(blob, 0o644);
    await writeFile(blob, '[\n 1,\n 2,\n 9\n]\n');
    const healed = await project.run(config());
    expect(healed.outcomes).toEqual({ ...all('reused'), numbers: 'executed' });
    expect(healed.events.find((event) => event.type === 'artifact.quarantined')).toMatchObject({ stage: 'numbers', port: 'list' });
    expect(await readFile(blob, 'utf8')).toBe('[\n 1,\n 2,\n 3\n]\n');
    expect(await readdir(join(project.dir, 'artifacts/quarantine'))).toHaveLength(1);
  });

  test('cancelling ends the child in order and keeps finished stages', async () => {
    await using project = await TempProject.create({
      ...numberStages,
      'stages/total.ts':
        'export default async ({ signal }) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));\n',
    });
    const abort = new AbortController();
    const run = await project.run(config(), {
      signal: abort.signal,
      sink: (event) => {
        if (event.type === 'stage.started' && event.stage === 'total') setTimeout(() => abort.abort(), 300);
      },
    });
    expect(run).toMatchObject({
      exitCode: 130,
      outcomes: { numbers: 'executed', double: 'executed', total: 'cancelled', check: 'cancelled' },
    });
    await project.write(numberStages);
    expect((await project.run(config())).outcomes).toMatchObject({ numbers: 'reused', double: 'reused', total: 'executed' });
  });

  test('a plan that one body makes impossible keeps the bundles of the others', async () => {
    const names = Array.from({ length: 30 }, (_, index) => `s${index}`); // more than the first call of the bundler takes
    await using project = await TempProject.create({
      'stages/index.ts': `import { defineStage, definePipeline } from 'SLUICE';
export const pipeline = definePipeline({ name: 'many', stages: [
${names.map((name) => `defineStage({ name: '${name}', description: 'One', outputs: {}, run: () => import('./${name}.ts') }),`).join('\n')}
] });`,
      ...Object.fromEntries(names.map((name) => [`stages/${name}.ts`, 'export default async () => {};\n'])),
      'stages/s0.ts': 'export default async ( => 1;\n',
    });
    await expect(project.plan()).rejects.toMatchObject({ code: 'GRAPH_LOAD', at: { file: 'stages/s0.ts' } });
    const kept = join(project.dir, '.sluice/bodies.json');
    expect(await readFile(kept, 'utf8')).toContain('stages/s29.ts');
    // Where they cannot be kept, what is wrong with the body is told first all the same, with its place and its stack.
    await rm(kept);
    await mkdir(join(kept, 'in the way'), { recursive: true });
    await expect(project.plan()).rejects.toMatchObject({
      code: 'GRAPH_LOAD',
      at: { file: 'stages/s0.ts' },
      stack: expect.stringContaining('bundle'),
      data: { others: [{ code: 'INTERNAL', message: expect.stringMatching(/EISDIR|ENOTEMPTY|EEXIST/) }] },
    });
    await project.write({ 'stages/s0.ts': 'export default async () => 1;\n' });
    await expect(project.plan()).rejects.toThrow(/bodies\.json/);
  });

  test('--frozen refuses to run what is stale, with 4', async () => {
    await using project = await TempProject.create(numberStages);
    await expect(project.run(config(), { frozen: true })).rejects.toMatchObject({ code: 'STALE' });
    await project.runWell(config());
    expect(await project.run(config(), { frozen: true })).toMatchObject({ exitCode: 0, outcomes: all('reused') });
  });

  test('two runs at once: each stage is executed once, and the other run has its result', async () => {
    await using project = await TempProject.create(numberStages);
    const [first, second] = await Promise.all([project.run(config()), project.run(config())]);
    expect([first.exitCode, second.exitCode]).toEqual([0, 0]);
    for (const stage of Object.keys(all(''))) {
      expect([first.outcomes[stage], second.outcomes[stage]].filter((outcome) => outcome === 'executed')).toHaveLength(1);
    }
  });

  test('a value that JSON has no word for is refused: "undefined" was written, and the next stage could not read it', async () => {
    await using project = await TempProject.create(numberStages);
    await project.write({
      'stages/graph.ts': numberStages['stages/graph.ts']?.replace('artifact.json(z.string())', 'artifact.json(z.unknown())') ?? '',
      'stages/check.ts':
        "export default async ({ outputs }) => { await outputs.verdict.write(undefined); return { verdict: 'passed', rules: [] }; };\n",
    });
    const run = await project.run(config());
    expect(run.events.flatMap((event) => (event.type === 'stage.finished' && event.error !== undefined ? [event.error] : []))).toEqual([
      expect.objectContaining({ code: 'ARTIFACT_SCHEMA', message: 'output "verdict" is undefined, which is no JSON' }),
    ]);
  });

  test('a value that the declaration does not allow is named with its place, not as a list of issues', async () => {
    await using project = await TempProject.create(numberStages);
    await project.write({ 'stages/numbers.ts': "export default async ({ outputs }) => { await outputs.list.write([1, 'two', 3]); };\n" });
    const run = await project.run(config());
    expect(run.events.flatMap((event) => (event.type === 'stage.finished' && event.error !== undefined ? [event.error] : []))).toEqual([
      expect.objectContaining({
        code: 'ARTIFACT_SCHEMA',
        message: 'output "list" is not what its stage declares: [1]: expected number, received string',
      }),
    ]);
  });

  test('--no-wait ends with 5 where a stage is being executed by another run, and not where all is done', async () => {
    await using project = await TempProject.create(numberStages);
    await project.runWell(config());
    let late: ReturnType<TempProject['run']> | undefined;
    const first = await project.run(config(), {
      force: 'all',
      sink: (event) => {
        if (event.type === 'stage.started') late ??= project.run(config(), { force: 'all', noWait: true });
      },
    });
    expect(first.exitCode).toBe(0);
    const refused = await late;
    expect(refused).toMatchObject({ exitCode: 5, outcomes: { numbers: 'failed' } });
    expect(refused?.events.find((event) => event.type === 'stage.finished')).toMatchObject({
      error: { code: 'LOCK_TIMEOUT', message: expect.stringMatching(/^run \w{26} \(process \d+\) is at stage "numbers"$/) },
    });
    expect(await project.run(config(), { noWait: true })).toMatchObject({ exitCode: 0, outcomes: all('reused') });
  });
});

async function findBlob(project: TempProject, content: string): Promise<string> {
  const root = join(project.dir, 'artifacts/objects/sha256');
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && (await readFile(path, 'utf8')) === content) return path;
  }
  throw new Error('no such blob');
}

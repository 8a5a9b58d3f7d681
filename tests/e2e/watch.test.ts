import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { numberStages } from '../../pipeline/testing/number-stages.ts';
import { buildCli, runCli, startCli } from '../../pipeline/testing/real-cli.ts';
import { TempProject } from '../../pipeline/testing/temp-project.ts';

const config = 'params: {numbers: {count: 4}}\n';
const files: Readonly<Record<string, string>> = {
  ...numberStages,
  'package.json': '{"type":"module","sideEffects":false,"sluice":{"config":"configs/numbers.yaml"}}',
  'configs/numbers.yaml': config,
  'package-lock.json': '{}',
};

beforeAll(buildCli);

/** Follows what a watching process says, one part after the other. */
function follow(project: TempProject, ...args: readonly string[]) {
  const cli = startCli(project.dir, ['watch', ...args]);
  let heard = '';
  let told = 0;
  cli.child.stderr?.on('data', (text: string) => (heard += text));
  const next = async (): Promise<string> => {
    const end = 'waiting for a save';
    while (!heard.slice(told).includes(end)) {
      if (cli.child.exitCode !== null) throw new Error(`watch ended:\n${heard}`);
      await new Promise((wait) => setTimeout(wait, 20));
    }
    const cut = heard.indexOf(end, told) + end.length;
    const part = heard.slice(told, cut);
    told = cut;
    return part;
  };
  return { ...cli, next, [Symbol.dispose]: () => void cli.child.kill('SIGKILL') };
}

test('watch reruns what a save affects, survives what is wrong, and ends in order', async () => {
  await using project = await TempProject.create(files);
  using watch = follow(project);
  expect(await watch.next()).toContain('5 executed');

  await project.write({ 'configs/numbers.yaml': 'params: {numbers: {count: 4}, check: {limit: 5}}\n' });
  const rejected = await watch.next();
  expect(rejected).toMatch(/● configs\/numbers\.yaml\n/);
  expect(rejected).toMatch(/✖ check rejected:/);
  await project.write({ 'configs/numbers.yaml': config });
  expect(await watch.next()).toMatch(/nothing to run|reused/);

  // As vim saves: a new file in the place of the old one, two imports deep.
  const one = join(project.dir, 'stages/lib/one.ts');
  writeFileSync(`${one}.tmp`, 'export const one = 2;\n');
  renameSync(`${one}.tmp`, one);
  expect(await watch.next()).toMatch(/✔ numbers +executed/);

  await project.write({ 'stages/total.ts': 'export default async () => { throw new Error("not yet"); };\n' });
  const failed = await watch.next();
  expect(failed).toMatch(/✖ total +failed/);
  expect(failed).toContain('not yet');
  await project.write({ 'stages/total.ts': 'export default async ({ inputs, outputs }) => {\n' });
  expect(await watch.next()).toMatch(/stages\/total\.ts:/);
  await project.write({ 'stages/graph.ts': 'export const = 1;\n' });
  expect(await watch.next()).toContain('GRAPH_LOAD');
  await project.write({ 'stages/graph.ts': files['stages/graph.ts'] ?? '', 'stages/total.ts': files['stages/total.ts'] ?? '' });
  expect(await watch.next()).toMatch(/nothing to run/);
  await project.write({ 'stages/total.ts': `// a comment\n${files['stages/total.ts'] ?? ''}` });
  expect(await watch.next()).toMatch(/nothing to run/);

  watch.child.kill('SIGINT');
  expect((await watch.ended).code).toBe(130);
  expect(await runCli(project.dir, ['status', '-q'])).toMatchObject({ code: 0 });
});

test('a save while a stage runs is not lost, and Ctrl-C ends the stage in order', async () => {
  const slow = (seconds: number): string =>
    `export default async ({ outputs, signal, log }) => { log.info('at work for ${seconds}'); await new Promise((done, fail) => { setTimeout(done, ${seconds * 1000}); signal.addEventListener('abort', () => fail(signal.reason)); }); await outputs.list.write([${seconds}]); };\n`;
  await using project = await TempProject.create({ ...files, 'stages/numbers.ts': slow(1) });
  using watch = follow(project, 'numbers');
  await watch.seen('at work for 1');
  await project.write({ 'stages/numbers.ts': slow(60) });
  await watch.next();
  await watch.seen('at work for 60');
  watch.child.kill('SIGINT');
  const { code, stderr } = await watch.ended;
  expect(code).toBe(130);
  expect(stderr).toMatch(/⊘ numbers +cancelled/);
  expect(readFileSync((await runCli(project.dir, ['path', 'numbers.list'])).stdout.trim(), 'utf8')).toContain('1');
});

/**
 * The same graph and the same work under other runners, side by side: cold, then with nothing to do.
 *
 *   node bench/engine/peers.mjs [--stages 10] [--shape diamond] [--npm DIR] [--python DIR] [--only turbo,dvc]
 *
 * DIR of --npm is a folder where `npm i wireit turbo nx` was run; of --python a virtual environment with dvc and snakemake. One
 * that is not there is said and left out. Every stage is a Node program that reads its parents' files and writes one.
 */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { measure, measureBesideNode, report } from './measure.mjs';
import { nameOf, parentsOf, SLUICE, sluiceProject, writeProject } from './project.mjs';

const { values: options } = parseArgs({
  options: {
    stages: { type: 'string', default: '10' },
    shape: { type: 'string', default: 'diamond' },
    npm: { type: 'string' },
    python: { type: 'string' },
    only: { type: 'string' },
  },
});
const count = Number(options.stages);
const about = { stages: count, shape: options.shape };
const stages = Array.from({ length: count }, (_, index) => ({
  name: nameOf(index),
  parents: parentsOf(index, count, options.shape).map(nameOf),
}));
const json = (value) => `${JSON.stringify(value, null, 1)}\n`;
/** node step.mjs OUT IN…: a stage's work. */
const STEP =
  "import { readFile, writeFile } from 'node:fs/promises';\nconst [out, ...from] = process.argv.slice(2);\nconst parts = await Promise.all(from.map((path) => readFile(path, 'utf8')));\nawait writeFile(out, ['step', out, ...parts.map((part) => part.length)].join(' '));\n";
const each = (make) => Object.fromEntries(stages.map(make));

/** Each peer: its files, its command in the folder, and what has to be done there first. */
const peers = {
  sluice: { make: (dir) => sluiceProject(dir, about), command: () => [...SLUICE, 'run'] },
  wireit: {
    npm: 'wireit',
    files: () => ({
      'step.mjs': STEP,
      'package.json': json({
        type: 'module',
        scripts: { all: 'wireit', ...each(({ name }) => [name, 'wireit']) },
        wireit: {
          all: { dependencies: stages.map(({ name }) => name) },
          ...each(({ name, parents }) => [
            name,
            {
              command: `node step.mjs out/${name} ${parents.map((parent) => `out/${parent}`).join(' ')}`,
              files: ['step.mjs', `src/${name}.txt`],
              output: [`out/${name}`],
              dependencies: parents,
            },
          ]),
        },
      }),
      'out/.keep': '',
      ...each(({ name }) => [`src/${name}.txt`, name]),
    }),
    command: (dir) => [process.execPath, join(dir, 'node_modules/wireit/bin/wireit.js')],
    env: (dir) => ({ npm_lifecycle_event: 'all', npm_package_json: join(dir, 'package.json'), npm_config_user_agent: 'npm/10' }),
  },
  turbo: {
    npm: 'turbo',
    files: () => ({
      'package.json': json({ name: 'bench', private: true, packageManager: 'npm@10.0.0', workspaces: ['packages/*'] }),
      'turbo.json': json({ tasks: { build: { dependsOn: ['^build'], inputs: ['package.json'], outputs: ['out.txt'] } } }),
      'package-lock.json': json({
        name: 'bench',
        lockfileVersion: 3,
        requires: true,
        packages: {
          '': { name: 'bench', workspaces: ['packages/*'] },
          ...each(({ name }) => [`node_modules/${name}`, { resolved: `packages/${name}`, link: true }]),
          ...each(({ name, parents }) => [
            `packages/${name}`,
            { version: '1.0.0', dependencies: Object.fromEntries(parents.map((parent) => [parent, '*'])) },
          ]),
        },
      }),
      'step.mjs': STEP,
      ...each(({ name, parents }) => [
        `packages/${name}/package.json`,
        json({
          name,
          version: '1.0.0',
          scripts: { build: `node ../../step.mjs out.txt ${parents.map((parent) => `../${parent}/out.txt`).join(' ')}` },
          dependencies: Object.fromEntries(parents.map((parent) => [parent, '*'])),
        }),
      ]),
    }),
    command: (dir) => [join(dir, 'node_modules/.bin/turbo'), 'run', 'build', '--output-logs=none', '--no-daemon', '--concurrency=2'],
    env: () => ({ TURBO_TELEMETRY_DISABLED: '1' }),
  },
  nx: {
    npm: 'nx',
    files: () => ({
      'package.json': json({ name: 'bench', private: true }),
      'nx.json': json({
        targetDefaults: {
          build: { cache: true, dependsOn: ['^build'], inputs: ['{projectRoot}/src.txt'], outputs: ['{projectRoot}/out.txt'] },
        },
        analytics: false,
      }),
      'step.mjs': STEP,
      ...each(({ name, parents }) => [
        `packages/${name}/project.json`,
        json({
          name,
          implicitDependencies: parents,
          targets: {
            build: {
              executor: 'nx:run-commands',
              options: {
                command: `node step.mjs packages/${name}/out.txt ${parents.map((parent) => `packages/${parent}/out.txt`).join(' ')}`,
              },
            },
          },
        }),
      ]),
      ...each(({ name }) => [`packages/${name}/src.txt`, name]),
    }),
    command: (dir) => [
      process.execPath,
      join(dir, 'node_modules/nx/dist/bin/nx.js'),
      'run-many',
      '-t',
      'build',
      '--parallel=2',
      '--outputStyle=static',
    ],
    env: () => ({ NX_DAEMON: 'false', NX_NO_CLOUD: 'true' }),
  },
  dvc: {
    python: 'dvc',
    files: () => ({
      'step.mjs': STEP,
      'out/.keep': '',
      'dvc.yaml': json({
        stages: each(({ name, parents }) => [
          name,
          {
            cmd: `node step.mjs out/${name} ${parents.map((parent) => `out/${parent}`).join(' ')}`,
            deps: ['step.mjs', ...parents.map((parent) => `out/${parent}`)],
            outs: [`out/${name}`],
          },
        ]),
      }),
    }),
    first: (tool) => [
      [tool, 'init', '--no-scm'],
      [tool, 'config', 'core.analytics', 'false'],
    ],
    command: (_dir, tool) => [tool, 'repro', '--quiet'],
  },
  snakemake: {
    python: 'snakemake',
    files: () => ({
      'step.mjs': STEP,
      Snakefile: `rule all:\n    input: ${stages.map(({ name }) => `"out/${name}"`).join(', ')}\n${stages
        .map(
          ({ name, parents }) =>
            `rule ${name}:\n    input: ${['step.mjs', ...parents.map((parent) => `out/${parent}`)].map((path) => `"${path}"`).join(', ')}\n    output: "out/${name}"\n    shell: "node step.mjs out/${name} ${parents.map((parent) => `out/${parent}`).join(' ')}"\n`,
        )
        .join('')}`,
    }),
    command: (_dir, tool) => [tool, '--cores', '2', '--quiet', 'all'],
  },
};

const wanted = options.only?.split(',') ?? Object.keys(peers);
for (const name of wanted) {
  const peer = peers[name];
  const missing = whyMissing(peer);
  if (missing === null) await bench(name, peer);
  else report(name, { ...about, leftOut: missing });
}

function whyMissing({ npm, python }) {
  if (npm !== undefined && !existsSync(join(options.npm ?? '', 'node_modules', npm)))
    return `no ${npm}: give a folder where it was installed with --npm`;
  if (python !== undefined && !existsSync(join(options.python ?? '', 'bin', python)))
    return `no ${python}: give a virtual environment that has it with --python`;
  return null;
}

async function bench(name, peer) {
  const dir = await mkdtemp(join(tmpdir(), `bench-${name}-`));
  const tool = peer.python === undefined ? '' : resolve(options.python, 'bin', peer.python);
  const path = [options.python === undefined ? '' : resolve(options.python, 'bin'), process.env['PATH']].join(delimiter);
  const env = { PATH: path, HOME: dir, ...peer.env?.(dir) };
  if (peer.make === undefined) await writeProject(dir, peer.files());
  else await peer.make(dir);
  if (peer.npm !== undefined) await linkModules(dir, peer);
  for (const command of peer.first?.(tool) ?? []) await measure(command, { cwd: dir, env });
  const command = peer.command(dir, tool);
  const cold = await measure(command, { cwd: dir, env, watch: true });
  if (cold.code === 0) {
    report(`${name}, cold`, { ...about, wallMs: cold.wallMs, cpuMs: cold.cpuMs, firstProcessPeakMb: cold.peakMb });
    await measure(command, { cwd: dir, env }); // some settle only on their second run
    report(`${name}, nothing to do`, { ...about, ...(await measureBesideNode(command, { cwd: dir, env, repeat: 3 })) });
    if (name === 'sluice') await measure([...SLUICE, 'status'], { cwd: dir, env }); // works the answer out, and keeps it
    if (name === 'sluice')
      report('sluice status, nothing to do', {
        ...about,
        ...(await measureBesideNode([...SLUICE, 'status'], { cwd: dir, env, repeat: 5 })),
      });
  } else report(name, { ...about, failed: `${cold.stderr}${cold.stdout}`.trim().slice(-300) });
  await rm(dir, { recursive: true, force: true });
}

/** Runners look for what is installed in the project's own folder; workspaces are links there. */
async function linkModules(dir, peer) {
  if (peer.npm !== 'turbo') return symlink(resolve(options.npm, 'node_modules'), join(dir, 'node_modules'));
  await mkdir(join(dir, 'node_modules/.bin'), { recursive: true });
  await symlink(resolve(options.npm, 'node_modules/turbo/bin/turbo'), join(dir, 'node_modules/.bin/turbo'));
  for (const { name } of stages) await symlink(join(dir, 'packages', name), join(dir, 'node_modules', name));
}

// The main job against its targets, one JSON line a measurement; run it by `npm run bench` after `make setup`.
//   node bench/main-job.mjs [--repeat 5]
// Wall seconds depend on what else the machine does; CPU seconds (of the command and all it waited for) hardly do.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const cli = join(root, 'bin/sluice.mjs');
const repeat = Number(parseArgs({ options: { repeat: { type: 'string', default: '5' } } }).values.repeat);
if (!existsSync(join(root, 'dist/cli.mjs')) || !existsSync(join(root, '.venv/bin/python'))) {
  process.stderr.write('Run `make setup` first.\n');
  process.exit(2);
}

const artifacts = mkdtempSync(join(tmpdir(), 'sluice-bench-'));
const env = { ...process.env, SLUICE_ARTIFACTS: artifacts, MLFLOW_TRACKING_URI: '', NO_COLOR: '1' };
try {
  const job = measure([cli, 'run']);
  report('main job, default config', job, { target: 90 });
  // Of its wall time: what it spent with nothing but stages that talk to MLflow, from their start to their end.
  report('main job, waiting for tracking', { wall: waitingSeconds(['champion', 'register']), cpu: 0 }, { target: 0.03 * job.wall });
  report(
    'unchanged run, MLflow confirms',
    median(repeat, () => measure([cli, 'run'])),
    { target: 3 },
  );
  const floor = median(4 * repeat, () => measure(['-e', '0']));
  const status = median(4 * repeat, () => measure([cli, 'status']));
  report('status, fresh graph', status, {
    target: floor.wall + 0.06,
    nodeSeconds: round(floor.wall),
    overNodeMs: Math.round((status.wall - floor.wall) * 1000),
  });
} finally {
  spawnSync(process.execPath, [cli, 'mlflow', 'down'], { cwd: root, env, stdio: 'ignore' });
  rmSync(artifacts, { recursive: true, force: true });
}

/** Seconds of the last run in which one of these stages ran and none of the others did. */
function waitingSeconds(effects) {
  const run = readdirSync(join(artifacts, 'runs')).toSorted().at(-1) ?? '';
  const lines = readFileSync(join(artifacts, 'runs', run, 'events.ndjson'), 'utf8')
    .trim()
    .split('\n');
  const running = new Set();
  let [seconds, since] = [0, 0];
  for (const { type, stage, time } of lines.map((line) => JSON.parse(line))) {
    if (type !== 'stage.started' && type !== 'stage.finished') continue;
    const now = Date.parse(time) / 1000;
    const isWaiting = running.size > 0 && [...running].every((name) => effects.includes(name));
    if (isWaiting) seconds += now - since;
    since = now;
    if (type === 'stage.started') running.add(stage);
    else running.delete(stage);
  }
  return seconds;
}

/** Wall and CPU seconds of Node with these arguments. */
function measure(args) {
  const [from, cpuFrom] = [performance.now(), childCpuSeconds()];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, env, encoding: 'utf8', maxBuffer: 1 << 26 });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}:\n${stderr}`);
  return { wall: (performance.now() - from) / 1000, cpu: childCpuSeconds() - cpuFrom };
}

/** CPU seconds of all processes that this one, and those in turn, have waited for; the MLflow server is waited for by nobody. NaN but on Linux. */
function childCpuSeconds() {
  if (process.platform !== 'linux') return Number.NaN;
  const [, fields = ''] = readFileSync('/proc/self/stat', 'utf8').split(') ');
  const [user, system] = fields.split(' ').slice(13, 15).map(Number);
  return (user + system) / 100; // clock ticks
}

/** The measurement whose wall time is the middle one. */
function median(times, once) {
  const all = Array.from({ length: times }, once).toSorted((a, b) => a.wall - b.wall);
  return all[Math.floor(times / 2)];
}

function report(what, { wall, cpu }, { target, ...rest }) {
  const line = {
    bench: what,
    wallSeconds: round(wall),
    cpuSeconds: round(cpu),
    targetSeconds: round(target),
    ratio: round(wall / target),
    ...rest,
  };
  process.stdout.write(
    `${JSON.stringify({ ...line, cores: availableParallelism(), load: round(loadavg()[0] ?? 0), node: process.version })}\n`,
  );
}

function round(value) {
  return Number(value.toPrecision(4));
}

// The main job against its targets, one JSON line a measurement; run it by `npm run bench` after `make setup`.
//   node bench/main-job.mjs [--repeat 5] [--pairs 0]
// "Waiting for tracking" is the time in which no stage ran but those that talk to MLflow: the whole of it, from the start of their process to the
// commit of what they made, whether a request is on its way or not. What they do beside other stages delays nobody and does not count.
// `--pairs N` runs the job N times more with tracking and N times into the journal alone, in turns, each in a folder of its own.
// Wall seconds depend on what else the machine does; CPU seconds (of the command and all it waited for) hardly do.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const cli = join(root, 'bin/sluice.mjs');
const { values: options } = parseArgs({ options: { repeat: { type: 'string', default: '5' }, pairs: { type: 'string', default: '0' } } });
const [repeat, pairs] = [Number(options.repeat), Number(options.pairs)];
if (!existsSync(join(root, 'dist/cli.mjs')) || !existsSync(join(root, '.venv/bin/python'))) {
  process.stderr.write('Run `make setup` first.\n');
  process.exit(2);
}

const artifacts = mkdtempSync(join(tmpdir(), 'sluice-bench-'));
/** Exit code of a run whose registration waits in the outbox. */
const MLFLOW_AWAY = 7;
const env = { ...process.env, SLUICE_ARTIFACTS: artifacts, MLFLOW_TRACKING_URI: '', NO_COLOR: '1' };
try {
  const job = measure([cli, 'run']);
  report('main job, default config', job, { target: 90 });
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
  if (pairs > 0) comparePairs();
} finally {
  end(artifacts);
}

/** Medians of the job with tracking and of the same without a server. */
function comparePairs() {
  // A server that is known to be away: nothing is tried twice, and the registration stays in the outbox.
  const away = { MLFLOW_TRACKING_URI: 'http://127.0.0.1:9', MLFLOW_HTTP_REQUEST_MAX_RETRIES: '0' };
  const found = Array.from({ length: pairs }, () => [fresh({}), fresh(away, MLFLOW_AWAY)]);
  const [tracked, alone] = [0, 1].map((way) => found.map((pair) => pair[way]).toSorted((a, b) => a.wall - b.wall)[Math.floor(pairs / 2)]);
  report('main job with tracking, to the journal alone', tracked, { target: 1.03 * alone.wall, journalSeconds: round(alone.wall) });
}

/** The job in an empty folder. */
function fresh(more, exit = 0) {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-bench-'));
  try {
    return measure([cli, 'run'], { variables: { ...env, ...more, SLUICE_ARTIFACTS: folder }, exit });
  } finally {
    end(folder);
  }
}

function end(folder) {
  spawnSync(process.execPath, [cli, 'mlflow', 'down'], { cwd: root, env: { ...env, SLUICE_ARTIFACTS: folder }, stdio: 'ignore' });
  rmSync(folder, { recursive: true, force: true });
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
function measure(args, { variables = env, exit = 0 } = {}) {
  const [from, cpuFrom] = [performance.now(), childCpuSeconds()];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, env: variables, encoding: 'utf8', maxBuffer: 1 << 26 });
  if (status !== exit) throw new Error(`${args.join(' ')} ended with ${status}:\n${stderr}`);
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

/**
 * Starts programs and says what they cost: wall and processor time of the whole process tree, peak memory and bytes read of the
 * first process. NODE_EXTRA_CA_CERTS is taken from all of them: where it is set, it adds some 45 ms to every start of Node.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';

/** Milliseconds a clock tick of /proc/<pid>/stat. */
const TICK_MS = 10;

/** User and system time of all children that have ended and were waited for, ms; NaN where the system has no /proc. */
function childrenCpuMs() {
  try {
    const text = readFileSync('/proc/self/stat', 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[13]) + Number(fields[14])) * TICK_MS;
  } catch {
    return Number.NaN;
  }
}

/** Peak memory in MiB and bytes read so far, of a process that still runs. */
function lookAt(pid) {
  try {
    const peakMb = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
    return { peakMb, readMb: Number(/rchar: (\d+)/.exec(readFileSync(`/proc/${pid}/io`, 'utf8'))?.[1] ?? 0) / 2 ** 20 };
  } catch {
    return { peakMb: 0, readMb: 0 };
  }
}

/**
 * @param {readonly string[]} command
 * @param {{ cwd?: string, env?: Record<string, string>, watch?: boolean }} [options] watch: looks at memory and reading every 20 ms
 * @returns {Promise<{ code: number | null, wallMs: number, cpuMs: number, peakMb: number | null, readMb: number | null, stdout: string, stderr: string }>}
 */
export async function measure([file = '', ...args], options = {}) {
  const { SLUICE_ARTIFACTS: _artifacts, NODE_OPTIONS: _node, NODE_EXTRA_CA_CERTS: _certs, CI: _ci, ...inherited } = process.env;
  const before = childrenCpuMs();
  const startedAt = performance.now();
  const child = spawn(file, args, { cwd: options.cwd, env: { ...inherited, ...options.env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'])
    child[name].setEncoding('utf8').on('data', (text) => (output[name] = (output[name] + text).slice(-20_000)));
  const most = { peakMb: 0, readMb: 0 };
  const look = () => {
    const now = lookAt(child.pid);
    for (const key of ['peakMb', 'readMb']) most[key] = Math.max(most[key], now[key]);
  };
  const watch = options.watch === true ? setInterval(look, 20) : null;
  const code = await new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', done);
  });
  const wallMs = performance.now() - startedAt;
  if (watch !== null) clearInterval(watch);
  return { code, wallMs, cpuMs: childrenCpuMs() - before, peakMb: null, readMb: null, ...(watch !== null && most), ...output };
}

/**
 * The same command several times with `node -e 0` between, so that both meet the same machine.
 * @returns medians of wall and processor time, Node's own among them, and what is left of the wall time without it
 */
export async function measureBesideNode(command, { repeat = 7, ...options } = {}) {
  const [own, ours] = [[], []];
  for (let round = 0; round < repeat; round += 1) {
    own.push(await measure([process.execPath, '-e', '0'], options));
    const sample = await measure(command, options);
    if (sample.code !== 0) throw new Error(`${command.join(' ')} ended with ${sample.code}:\n${sample.stderr}${sample.stdout}`);
    ours.push(sample);
  }
  const [nodeMs, wallMs] = [middle(own, 'wallMs'), middle(ours, 'wallMs')];
  const [nodeCpuMs, cpuMs] = [mean(own, 'cpuMs'), mean(ours, 'cpuMs')];
  return {
    wallMs,
    nodeMs,
    overNodeMs: wallMs - nodeMs,
    timesNode: wallMs / nodeMs,
    cpuMs,
    nodeCpuMs,
    overNodeCpuMs: cpuMs - nodeCpuMs,
    minWallMs: least(ours),
    minNodeMs: least(own),
    repeat,
  };
}

function middle(samples, key) {
  return samples.map((sample) => sample[key]).toSorted((a, b) => a - b)[samples.length >> 1];
}

function mean(samples, key) {
  return samples.reduce((sum, sample) => sum + sample[key], 0) / samples.length;
}

function least(samples) {
  return Math.min(...samples.map((sample) => sample.wallMs));
}

/** One result, one JSON line; the machine's load goes with it, since it decides what the figures are worth. */
export function report(bench, values) {
  const rounded = Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, typeof value === 'number' ? Number(value.toPrecision(4)) : value]),
  );
  process.stdout.write(`${JSON.stringify({ bench, ...rounded, load1: Number((loadavg()[0] ?? 0).toFixed(1)) })}\n`);
}

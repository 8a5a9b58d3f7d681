// `sluice serve` under load beside FastAPI and BentoML with the same booster, on the loopback, one after the other in one run:
//   SLUICE_ARTIFACTS=DIR node bench/serving/load.mjs --python VENV/bin/python [--connections 64] [--seconds 8] [--port 8470]
// DIR is of a run that made a champion; VENV has fastapi, uvicorn, bentoml, numpy and xgboost-cpu (pip install …); what it lacks is left out.
// The peers look a row up in memory and call the booster; Sluice does all that it does: key, limits, features' digest, calibration, threshold, reasons.
import { execFile, spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs, promisify } from 'node:util';
import autocannon from 'autocannon';

const root = join(import.meta.dirname, '../..');
const { values } = parseArgs({
  options: {
    python: { type: 'string' },
    connections: { type: 'string', default: '64' },
    seconds: { type: 'string', default: '8' },
    port: { type: 'string', default: '8470' },
  },
});
const artifacts = process.env.SLUICE_ARTIFACTS ?? join(root, 'artifacts');
const port = Number(values.port);
const run = promisify(execFile);
const sluice = (...args) => run(process.execPath, [join(root, 'bin/sluice.mjs'), ...args], { cwd: root });

const name = `bench ${process.pid}`;
const key = (await sluice('keys', 'add', name)).stdout.trim();
const results = {};
let applicantIds = [];
/** Scores before anything is measured: V8 has compiled by then, on a busy machine too. */
const WARM_UP = 4000;
try {
  const started = performance.now();
  const server = start(process.execPath, [
    join(root, 'bin/sluice.mjs'),
    'serve',
    '--port',
    String(port),
    '--log-level',
    'warn',
    '--rate',
    '1000000000',
  ]);
  await answers(`http://127.0.0.1:${port}/ready`, server);
  const ready = performance.now() - started;
  applicantIds = await applicants(server);
  results.sluice = {
    readyMs: Math.round(ready),
    score: await load(server, '/v1/score'),
    scoreAlone: await load(server, '/v1/score', 1),
    explain: await load(server, '/v1/explain'),
    rssMb: await rss(server),
  };
  await end(server);
  if (values.python !== undefined) await peers();
} finally {
  await sluice('keys', 'remove', name);
}
const ratio = (ours, theirs) => (ours === undefined || theirs === undefined ? null : Math.round((100 * ours) / theirs) / 100);
process.stdout.write(
  `${JSON.stringify({
    bench: 'serving-load',
    connections: Number(values.connections),
    ...results,
    scoreToFastapi: ratio(results.sluice.score.perSecond, results.fastapi?.score.perSecond),
    explainToBentoml: ratio(results.sluice.explain.perSecond, results.bentoml?.explain.perSecond),
    explainPerCpuToFastapi: ratio(results.sluice.explain.perCpuSecond, results.fastapi?.explain.perCpuSecond),
    scorePerCpuToFastapi: ratio(results.sluice.score.perCpuSecond, results.fastapi?.score.perCpuSecond),
    explainToFastapi: ratio(results.sluice.explain.perSecond, results.fastapi?.explain.perSecond),
  })}\n`,
);

async function peers() {
  const { champion } = JSON.parse(await readFile(join(artifacts, 'serving/champion.json'), 'utf8'));
  const env = {
    ...process.env,
    MODEL: join(artifacts, 'serving/models', champion, 'model.ubj'),
    OMP_NUM_THREADS: '1',
    BENTOML_DO_NOT_TRACK: 'true',
  };
  const of = {
    fastapi: ['-m', 'uvicorn', 'fastapi_peer:app', '--port', String(port), '--log-level', 'warning', '--no-access-log'],
    bentoml: ['-m', 'bentoml', 'serve', 'bentoml_peer:Peer', '--port', String(port), '--host', '127.0.0.1'],
  };
  for (const [peer, args] of Object.entries(of)) {
    const server = start(values.python, args, { env, cwd: import.meta.dirname });
    const path = peer === 'fastapi' ? '/health' : '/livez';
    if (await answers(`http://127.0.0.1:${port}${path}`, server).catch(() => false)) {
      results[peer] = { score: await load(server, '/v1/score'), explain: await load(server, '/v1/explain') };
    } else process.stderr.write(`${peer} does not start under ${values.python}: left out\n`);
    await end(server);
  }
}

function start(command, args, options = {}) {
  return spawn(command, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'], detached: true, ...options });
}

async function end(server) {
  if (server.exitCode === null) process.kill(-server.pid, 'SIGTERM');
  for (let turn = 0; turn < 200 && server.exitCode === null && server.signalCode === null; turn++) await sleep(50);
}

async function answers(url, server) {
  for (;;) {
    if (server.exitCode !== null) throw new Error(`the server of ${url} ended`);
    const reply = await fetch(url).catch(() => null);
    if (reply?.ok) return true;
    await sleep(20);
  }
}

async function applicants(server) {
  for (;;) {
    if (server.exitCode !== null) throw new Error('the server ended');
    const reply = await fetch(`http://127.0.0.1:${port}/v1/applicants?limit=500`, { headers: { authorization: `Bearer ${key}` } });
    const { ids = [] } = await reply.json();
    if (ids.length > 0) return ids;
    await sleep(500);
  }
}

/**
 * Requests in a second, the latency in ms that 50 and 99 of a hundred stay below, and requests in a second of the server's processor time, which
 * says something on a busy machine too. Warm before.
 */
async function load(server, path, connections = Number(values.connections)) {
  const requests = applicantIds.map((id) => ({
    method: 'POST',
    path,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ id }),
  }));
  const options = { url: `http://127.0.0.1:${port}`, connections, requests, timeout: 60 };
  await autocannon({ ...options, amount: path === '/v1/score' ? WARM_UP : WARM_UP / 10 });
  const before = await cpuSeconds(server);
  const result = await autocannon({ ...options, duration: Number(values.seconds) });
  const cpu = (await cpuSeconds(server)) - before;
  const failed = result.non2xx + result.errors + result.timeouts;
  return {
    perSecond: Math.round(result.requests.average),
    perCpuSecond: Math.round(result.requests.total / cpu),
    p50: result.latency.p50,
    p99: result.latency.p99,
    ...(failed > 0 ? { failed } : {}),
  };
}

/** Processor seconds that the group of a server has used so far. */
async function cpuSeconds(server) {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const stats = await Promise.all(ids.map((id) => readFile(`/proc/${id}/stat`, 'utf8').catch(() => '')));
  const fields = stats.map((stat) => stat.slice(stat.lastIndexOf(')') + 2).split(' '));
  return fields
    .filter((each) => Number(each[2]) === server.pid)
    .reduce((sum, each) => sum + (Number(each[11]) + Number(each[12])) / 100, 0);
}

async function rss(server) {
  const status = await readFile(`/proc/${server.pid}/status`, 'utf8').catch(() => '');
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024);
}

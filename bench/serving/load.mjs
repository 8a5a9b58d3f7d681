// `sluice serve` under load beside FastAPI and BentoML with the same booster, on the loopback, one after the other in one run:
//   SLUICE_ARTIFACTS=DIR node bench/serving/load.mjs --python VENV/bin/python [--connections 64] [--seconds 8] [--port 8470] [--book FOLDER]
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
    book: { type: 'string' },
  },
});
const artifacts = process.env.SLUICE_ARTIFACTS ?? join(root, 'artifacts');
const port = Number(values.port);
const run = promisify(execFile);
const sluice = (...args) => run(process.execPath, [join(root, 'bin/sluice.mjs'), ...args], { cwd: root });

const name = `bench ${process.pid}`;
const key = (await sluice('keys', 'add', name)).stdout.trim();
const results = {};
/** Those that run. */
const servers = new Set();
/** Scores before anything is measured: V8 has compiled by then, on a busy machine too. */
const WARM_UP = 4000;
/** Applicants who are asked about again and again, which lets the server remember their contributions. */
const REPEATED = 500;
/** Applicants whose raw rows are handed in. */
const RAW = 60;
/** Ids that are looked up in all. */
const MOST_IDS = 7000;

/** The targets; latencies of single calls are those of a quiet machine. Ratios are to the peers of the same run. */
const BARS = {
  readyMs: { most: 2000 },
  scoreToFastapi: { least: 2.5 },
  explainToBentoml: { least: 4 },
  explainNewToBentoml: { least: 4 },
  explainP99Of64: { most: 300 },
  scoreP99Alone: { most: 10 },
  explainP99Alone: { most: 25 },
  rawP99Alone: { most: 60 },
  rssMb: { most: 300 },
  peakRssMb: { most: 300 },
};
try {
  results.sluice = await measureSluice();
  if (values.python !== undefined) await peers();
} finally {
  for (const server of servers) await end(server);
  await sluice('keys', 'remove', name);
}
const ratio = (ours, theirs) => (ours === undefined || theirs === undefined ? null : Math.round((100 * ours) / theirs) / 100);
const { sluice: own, fastapi, bentoml } = results;
const measured = {
  readyMs: own.readyMs,
  scoreToFastapi: ratio(own.score.perSecond, fastapi?.score.perSecond),
  explainToBentoml: ratio(own.explain.perSecond, bentoml?.explain.perSecond),
  explainNewToBentoml: ratio(own.explainNew.perSecond, bentoml?.explain.perSecond),
  explainP99Of64: Math.max(own.explain.p99, own.explainNew.p99),
  scoreP99Alone: own.scoreAlone.p99,
  explainP99Alone: own.explainAlone.p99,
  rawP99Alone: own.rawAlone.p99,
  rssMb: own.rssMb,
  peakRssMb: own.peakRssMb,
};
const bars = Object.entries(BARS).map(([bar, { least, most }]) => {
  const value = measured[bar];
  const holds = value === null ? null : least === undefined ? value <= most : value >= least;
  return { bar, value, ...(least === undefined ? { most } : { least }), holds };
});
process.stdout.write(
  `${JSON.stringify({
    bench: 'serving-load',
    connections: Number(values.connections),
    ids: `score and explain ask about the same ${REPEATED} ids, whose contributions are remembered; explainNew and explainAlone about each id once`,
    ...results,
    explainToFastapi: ratio(own.explain.perSecond, fastapi?.explain.perSecond),
    explainPerCpuToFastapi: ratio(own.explain.perCpuSecond, fastapi?.explain.perCpuSecond),
    scorePerCpuToFastapi: ratio(own.score.perCpuSecond, fastapi?.score.perCpuSecond),
    bars,
  })}\n`,
);
for (const { bar, value, least, most, holds } of bars) {
  const verdict = holds === null ? 'unknown' : holds ? 'holds  ' : 'FAILS  ';
  process.stderr.write(`${verdict} ${bar} ${value ?? '-'} (${least === undefined ? `at most ${most}` : `at least ${least}`})\n`);
}

async function measureSluice() {
  // The first start bundles what has changed since the last one, and makes the index: neither is what is measured.
  const first = startSluice();
  await answers(`http://127.0.0.1:${port}/ready`, first);
  await applicants(first);
  await end(first);
  const started = performance.now();
  const server = startSluice();
  await answers(`http://127.0.0.1:${port}/ready`, server);
  const readyMs = Math.round(performance.now() - started);
  const ids = await applicants(server);
  const [repeated, others] = [ids.slice(0, REPEATED), ids.slice(REPEATED)];
  const [alone, fresh] = [others.slice(0, REPEATED), others.slice(REPEATED)];
  const raw = [];
  for (const id of ids.slice(-RAW)) raw.push({ rows: unlabelled(await dataOf(id)) });
  const byId = (of) => of.map((id) => ({ id }));
  const rssReadyMb = await rss(server);
  const measured = {
    readyMs,
    rssReadyMb,
    score: await load(server, '/v1/score', { bodies: byId(repeated) }),
    scoreAlone: await load(server, '/v1/score', { bodies: byId(repeated), connections: 1 }),
    explain: await load(server, '/v1/explain', { bodies: byId(repeated) }),
    explainNew: await once(server, '/v1/explain', { bodies: byId(fresh) }),
    explainAlone: await once(server, '/v1/explain', { bodies: byId(alone), connections: 1 }),
    rawAlone: await load(server, '/v1/score', { bodies: raw, connections: 1, warmUp: RAW * 2 }),
    rssMb: await rss(server),
    peakRssMb: await rss(server, 'VmHWM'),
  };
  await end(server);
  return measured;
}

function startSluice() {
  const args = [
    'serve',
    '--port',
    String(port),
    '--log-level',
    'warn',
    '--rate',
    '1000000000',
    ...(values.book === undefined ? [] : ['--book', values.book]),
  ];
  return start(process.execPath, [join(root, 'bin/sluice.mjs'), ...args]);
}

async function dataOf(id) {
  const reply = await fetch(`http://127.0.0.1:${port}/v1/applicants/${id}`, { headers: { authorization: `Bearer ${key}` } });
  return (await reply.json()).tables;
}

/** The form of somebody new: nobody knows the outcome yet. */
function unlabelled({ application_train: [form] = [], ...tables }) {
  return { ...tables, ...(form === undefined ? {} : { application_test: [form] }) };
}

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
      const bodies = Array.from({ length: REPEATED }, (_, id) => ({ id }));
      results[peer] = { score: await load(server, '/v1/score', { bodies }), explain: await load(server, '/v1/explain', { bodies }) };
    } else process.stderr.write(`${peer} does not start under ${values.python}: left out\n`);
    await end(server);
  }
}

function start(command, args, options = {}) {
  const server = spawn(command, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'], detached: true, ...options });
  servers.add(server);
  return server;
}

async function end(server) {
  servers.delete(server);
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

/** Everybody in the book, or {@link MOST_IDS} and a few from all over it, once the index is there. */
async function applicants(server) {
  const page = async (after) => {
    const from = after === undefined ? '' : `&after=${after}`;
    const reply = await fetch(`http://127.0.0.1:${port}/v1/applicants?limit=500${from}`, { headers: { authorization: `Bearer ${key}` } });
    const { ids = [], total = 0 } = await reply.json();
    return { ids, total };
  };
  let first = await page();
  while (first.ids.length === 0) {
    if (server.exitCode !== null) throw new Error('the server ended');
    await sleep(500);
    first = await page();
  }
  const ids = [...first.ids];
  // Pages as far from each other as they can be: one after the other in a small book.
  const step = Math.max(500, Math.floor(first.total / (MOST_IDS / 500)));
  while (ids.length < MOST_IDS) {
    const next = await page(ids.at(-1) + step - 500);
    if (next.ids.length === 0) break;
    ids.push(...next.ids);
  }
  return ids;
}

function requestsOf(path, bodies) {
  return bodies.map((body) => ({
    method: 'POST',
    path,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }));
}

/** Each body by turns, for some seconds; warm before. */
async function load(
  server,
  path,
  { bodies, connections = Number(values.connections), warmUp = path === '/v1/score' ? WARM_UP : WARM_UP / 10 },
) {
  const options = { url: `http://127.0.0.1:${port}`, connections, requests: requestsOf(path, bodies), timeout: 60 };
  await autocannon({ ...options, amount: warmUp });
  return await timed(server, { ...options, duration: Number(values.seconds) });
}

/** Each body once: connections share them out. */
async function once(server, path, { bodies, connections = Number(values.connections) }) {
  const requests = requestsOf(path, bodies);
  const share = Math.floor(requests.length / connections);
  let next = 0;
  const setupClient = (client) => {
    client.setRequests(requests.slice(next, next + share));
    next += share;
  };
  return await timed(server, { url: `http://127.0.0.1:${port}`, connections, amount: share * connections, setupClient, timeout: 60 });
}

/**
 * Requests in a second, the latency in ms that 50 and 99 of a hundred stay below, and requests in a second of the server's processor time, which
 * says something on a busy machine too.
 */
async function timed(server, options) {
  const before = await cpuSeconds(server);
  const begun = performance.now();
  let last = begun;
  // Of an amount it tells the end at the next full second.
  const result = await autocannon(options).on('response', () => (last = performance.now()));
  const seconds = (last - begun) / 1000;
  const cpu = (await cpuSeconds(server)) - before;
  const failed = result.non2xx + result.errors + result.timeouts;
  return {
    requests: result.requests.total,
    // Of few requests the average by seconds is of one or two samples.
    perSecond: Math.round(options.duration === undefined ? result.requests.total / seconds : result.requests.average),
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

/** Resident memory in MB, by default what it is now. */
async function rss(server, which = 'VmRSS') {
  const status = await readFile(`/proc/${server.pid}/status`, 'utf8').catch(() => '');
  return Math.round(Number(new RegExp(`${which}:\\s+(\\d+)`).exec(status)?.[1] ?? Number.NaN) / 1024);
}

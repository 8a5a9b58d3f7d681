/**
 * `sluice drift` on 307,511 × 120 against 48,744 × 120 from Parquet, the whole process, beside the floor (floor.mjs) and, where BENCH_PYTHON names a Python
 * that has it, Evidently. Prints one JSON line: processor seconds (user + system), peak memory in MiB, sizes, ratios. Needs GNU time.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { makeParts } from './make-parts.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const folder = process.env.BENCH_FOLDER ?? join(tmpdir(), 'sluice-bench-drift');
const columns = Number(process.env.BENCH_COLUMNS ?? 120);
mkdirSync(folder, { recursive: true });
const { reference, current } = await makeParts(folder, columns);

function measured(command, args) {
  const log = join(folder, 'time.txt');
  const ended = spawnSync('/usr/bin/time', ['-o', log, '-f', '%U %S %M %e', command, ...args], {
    encoding: 'utf8',
    cwd: join(here, '../..'),
  });
  if (ended.error) throw ended.error;
  const [user, system, peak, wall] = readFileSync(log, 'utf8').trim().split('\n').at(-1).split(' ').map(Number);
  return {
    code: ended.status,
    cpu_s: Number((user + system).toFixed(2)),
    wall_s: wall,
    peak_mib: Math.round(peak / 1024),
    stdout: ended.stdout,
  };
}

const out = join(folder, 'out');
const floor = measured(process.execPath, [join(here, 'floor.mjs'), reference, current]);
const own = measured(process.execPath, ['bin/sluice.mjs', 'drift', '--reference', reference, '--current', current, '--out', out]);
const python = process.env.BENCH_PYTHON;
const peerPage = join(folder, 'evidently.html');
const peer = python === undefined ? null : measured(python, [join(here, 'evidently-peer.py'), reference, current, peerPage]);
const { evidently } = JSON.parse(readFileSync(join(out, 'drift.json'), 'utf8'));
const brief = ({ cpu_s, wall_s, peak_mib, code }) => ({ cpu_s, wall_s, peak_mib, code });
process.stdout.write(
  `${JSON.stringify({
    bench: 'drift',
    columns,
    floor: { ...brief(floor), ...JSON.parse(floor.stdout) },
    sluice: { ...brief(own), drifted: evidently.numberOfDriftedColumns, html_bytes: statSync(join(out, 'drift.html')).size },
    evidently: peer === null ? null : { ...brief(peer), html_bytes: statSync(peerPage).size },
    ratio_to_floor: Number((own.cpu_s / floor.cpu_s).toFixed(2)),
    evidently_to_sluice: peer === null ? null : Number((peer.cpu_s / own.cpu_s).toFixed(1)),
  })}\n`,
);

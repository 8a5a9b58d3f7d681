/**
 * `sluice drift` on 307,511 × 120 against 48,744 × 120 from Parquet, the whole process, beside the floor (floor.mjs) and, where BENCH_PYTHON names a Python
 * that has it, Evidently (BENCH_NANNYML_PYTHON: NannyML). Prints one JSON line: processor seconds (user + system), peak memory in MiB, sizes, ratios of wall and of processor time. Needs GNU time.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
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
const policy = join(folder, 'policy.yaml');
writeFileSync(policy, 'threshold: 0.0909\nsegments: [cat_104, flag_90]\n');
const drift = ['bin/sluice.mjs', 'drift', '--reference', reference, '--current', current, '--out', out];
const floor = measured(process.execPath, [join(here, 'floor.mjs'), reference, current]);
// The compatibility layer with what the page shows of each column; then everything that two tables with a score and outcomes allow.
const columnsOnly = measured(process.execPath, [...drift, '--columns-only', '--ignore', 'score']);
const whole = measured(process.execPath, [...drift, '--score', 'score', '--policy', policy]);
// All of it: both parts scored by a model, the move of its mean explained.
const model = join(folder, `model-${columns}`);
const made = measured(process.execPath, [join(here, '../../scripts/run-ts.mjs'), join(here, 'make-model.ts'), reference, model]);
if (made.code !== 0) throw new Error('the model could not be made');
const withModel = [...drift.slice(0, -1), join(folder, 'out-model'), '--model', model, '--ignore', 'score', '--policy', policy];
// Once before: what its threads run is bundled at the first use of a version.
measured(process.execPath, withModel);
const modelled = measured(process.execPath, withModel);
const modelledResult = JSON.parse(readFileSync(join(folder, 'out-model', 'drift.json'), 'utf8'));
const peerPage = join(folder, 'evidently.html');
const { BENCH_PYTHON: evidentlyPython, BENCH_NANNYML_PYTHON: nannymlPython } = process.env;
const evidently =
  evidentlyPython === undefined ? null : measured(evidentlyPython, [join(here, 'evidently-peer.py'), reference, current, peerPage]);
const nannyml = nannymlPython === undefined ? null : measured(nannymlPython, [join(here, 'nannyml-peer.py'), reference, current]);
const result = JSON.parse(readFileSync(join(out, 'drift.json'), 'utf8'));
const brief = ({ cpu_s, wall_s, peak_mib, code }) => ({ cpu_s, wall_s, peak_mib, code });
const ratio = (left, right) => (left === null || right === null ? null : Number((left / right).toFixed(2)));
const ratios = (left, right) => (left === null ? null : { wall: ratio(left.wall_s, right.wall_s), cpu: ratio(left.cpu_s, right.cpu_s) });
const html = statSync(join(out, 'drift.html')).size;
const peerHtml = evidently === null ? null : statSync(peerPage).size;
process.stdout.write(
  `${JSON.stringify({
    bench: 'drift',
    columns,
    load: loadavg()[0],
    floor: { ...brief(floor), ...JSON.parse(floor.stdout) },
    columns_only: brief(columnsOnly),
    sluice: { ...brief(whole), drifted: result.evidently.numberOfDriftedColumns, estimated: result.estimate !== null, html_bytes: html },
    with_model: { ...brief(modelled), estimated: modelledResult.estimate !== null, explained: modelledResult.shift !== null },
    evidently: evidently === null ? null : { ...brief(evidently), html_bytes: peerHtml },
    nannyml: nannyml === null ? null : brief(nannyml),
    columns_only_to_floor: ratios(columnsOnly, floor),
    evidently_to_sluice: ratios(evidently, whole),
    evidently_to_with_model: ratios(evidently, modelled),
    nannyml_to_sluice: ratios(nannyml, whole),
    html_to_evidently: ratio(html, peerHtml),
  })}\n`,
);

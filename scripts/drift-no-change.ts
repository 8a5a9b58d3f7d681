/**
 * How often `sluice drift` acts on two samples of one population, over everything that can act: columns, score, estimated cost, the features that a model
 * rests on. `node scripts/run-ts.mjs scripts/drift-no-change.ts [--runs 200]` prints one JSON line; no files and no database, so that many runs are cheap.
 */
import process from 'node:process';
import { parseArgs } from 'node:util';
import { datasetDrift } from '../stages/drift/compare-parts.ts';
import { compareScores } from '../stages/drift/compare-scores.ts';
import type { DriftColumn } from '../stages/drift/drift-schema.ts';
import { ALONE, judgeDrift } from '../stages/drift/judge/judge-run.ts';
import { columnDrift } from '../stages/drift/maths/column-drift.ts';
import { numericTable } from '../stages/drift/maths/distinct-table.ts';
import { estimateOutcome } from '../stages/drift/outlook/estimate-outcome.ts';
import { featureBins, featureDrift } from '../stages/drift/outlook/feature-drift.ts';
import { columnStability } from '../stages/drift/stability/column-stability.ts';
import { falseDiscovery } from '../stages/drift/stability/false-discovery.ts';
import { drawNormal } from '../stages/metrics/draw-normal.ts';
import { createPrng, type Prng } from '../stages/metrics/prng.ts';

const RUNS = Number(parseArgs({ options: { runs: { type: 'string', default: '200' } } }).values.runs);
const [N, M, COLUMNS] = [1500, 900, 12];
const THRESHOLD = 0.1;

interface Sample {
  readonly features: { readonly rows: number; readonly columns: readonly string[]; readonly data: Float32Array };
  /** Of a logistic model on the first four features. */
  readonly probability: Float64Array;
  readonly target: Float64Array;
}

function sample(rows: number, prng: Prng): Sample {
  const data = Float32Array.from({ length: rows * COLUMNS }, () => drawNormal(prng));
  const margin = Float64Array.from(
    { length: rows },
    (_, row) => -2.6 + [0, 1, 2, 3].reduce((sum, k) => sum + 0.4 * (data[row * COLUMNS + k] ?? 0), 0),
  );
  const probability = margin.map((value) => 1 / (1 + Math.exp(-value)));
  const columns = Array.from({ length: COLUMNS }, (_, column) => `x${column}`);
  return { features: { rows, columns, data }, probability, target: probability.map((p) => (prng.next() < p ? 1 : 0)) };
}

function column(name: string, index: number, reference: Sample, current: Sample): DriftColumn {
  const values = [reference, current].flatMap(({ features: { rows, data } }, side) =>
    Array.from({ length: rows }, (_, row) => ({ value: data[row * COLUMNS + index] ?? 0, side })),
  );
  const rows = values.toSorted((a, b) => a.value - b.value);
  const table = numericTable(
    Float64Array.from(rows, ({ value }) => value),
    { reference: Float64Array.from(rows, ({ side }) => 1 - side), current: Float64Array.from(rows, ({ side }) => side) },
  );
  const { test, score, threshold, drifted } = columnDrift(table, '0.7');
  const missing = { reference: 0, current: 0 };
  return {
    name,
    type: 'num',
    missing,
    evidently: { test, score, threshold, drifted },
    chance: null,
    ...columnStability(table, missing),
    histogram: null,
    skipReason: null,
  };
}

function judge(run: number): { readonly status: string; readonly rules: readonly string[] } {
  const prng = createPrng(run + 1);
  const [reference, current] = [sample(N, prng), sample(M, prng)];
  const bare = reference.features.columns.map((name, index) => column(name, index, reference, current));
  const adjusted = falseDiscovery(bare.map(({ stability }) => stability?.p ?? null));
  const columns = bare.map((own, index) =>
    own.stability === undefined ? own : { ...own, stability: { ...own.stability, pAdjusted: adjusted[index] ?? null } },
  );
  const scores = ({ probability }: Sample) => ({ probability, calibrated: probability });
  const values = reference.features.data.map((value, place) => (place % COLUMNS < 4 ? 0.4 * value : 0));
  const contributions = {
    rows: N,
    columns: reference.features.columns,
    values,
    bias: -2.6,
    margin: new Float32Array(N),
    additivityError: 0,
  };
  const bins = featureBins({
    contributions,
    reference: reference.features,
    concepts: reference.features.columns,
    levels: new Map(),
  });
  const part = { sha256: '' };
  const { result } = judgeDrift(
    {
      schema: 'drift/1',
      reference: { name: 'reference', rows: N, ...part },
      current: { name: 'current', rows: M, ...part },
      verdict: { status: 'ok', reasons: [] },
      evidently: datasetDrift(columns, { mode: '0.7', driftShare: 0.5 }),
      columns,
      score: compareScores(scores(reference), scores(current), THRESHOLD),
      estimate: estimateOutcome({
        labelled: reference,
        current: current.probability,
        calibrator: { method: 'none' },
        method: 'platt',
        threshold: THRESHOLD,
        costs: { falseNegative: 10, falsePositive: 1 },
      }),
      importance: bins === null ? null : featureDrift(bins, current.features),
    },
    { ...ALONE, batch: String(run), minRows: 500 },
  );
  const rules = (result.decision?.findings ?? []).filter(({ level }) => level !== 'ok').map(({ rule }) => rule.split('[')[0] ?? rule);
  return { status: result.verdict.status, rules };
}

const counts: Record<string, number> = {};
const statuses: Record<string, number> = {};
for (let run = 0; run < RUNS; run++) {
  const { status, rules } = judge(run);
  statuses[status] = (statuses[status] ?? 0) + 1;
  for (const rule of new Set(rules)) counts[rule] = (counts[rule] ?? 0) + 1;
}
process.stdout.write(`${JSON.stringify({ runs: RUNS, rows: [N, M], columns: COLUMNS, statuses, rules: counts })}\n`);

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { jsonArtifact, runBody, tableArtifact } from '../../pipeline/testing/run-body.ts';
import { driftSchema } from './drift-schema.ts';
import run from './run.ts';
import { drift } from './stage.ts';
import { SMALL_DECISION, SMALL_SUMMARY, smallModelFolder } from './testing/small-model.ts';

const ROWS = 1500;
const base = `SK_ID_CURR::integer as SK_ID_CURR, (hash(SK_ID_CURR) % 1000) / 1000.0 as u`;

interface Given {
  readonly reference: string;
  readonly current: string;
  /** How the current part's features are moved. */
  readonly shift?: number;
  readonly currentRows?: number;
}

async function runDrift({ reference, current, shift = 0, currentRows = ROWS }: Given, threads = 2) {
  const ids = (from: number, count: number): string => `(select i + ${from} as SK_ID_CURR from range(${count}) t(i))`;
  const features = (part: string, from: number, count: number, move: number): string =>
    `select SK_ID_CURR::integer as SK_ID_CURR, ${part === 'train' ? '(SK_ID_CURR % 12 = 0)::tinyint' : 'null::tinyint'} as TARGET, '${part}' as part,
      ((hash(SK_ID_CURR) % 1000) / 333.0 + ${move})::float as x, ((hash(SK_ID_CURR + 7) % 1000) / 1000.0)::float as y from ${ids(from, count)}`;
  return runBody(drift, run, {
    inputs: {
      reference: await tableArtifact(`select ${base}, 0::tinyint as TARGET, ${reference} from ${ids(0, ROWS)} order by 1`),
      current: await tableArtifact(`select ${base}, ${current} from ${ids(10_000, currentRows)} order by 1`),
      table: await tableArtifact(`${features('train', 0, ROWS, 0)} union all ${features('test', 10_000, currentRows, shift)} order by 1`),
      folds: await tableArtifact(
        `select SK_ID_CURR::integer as SK_ID_CURR, (case when SK_ID_CURR % 2 = 0 then -1 else 0 end)::tinyint as fold from ${ids(0, ROWS)} order by 1`,
      ),
      model: join(await smallModelFolder(), 'model.ubj'),
      summary: await jsonArtifact(SMALL_SUMMARY),
      calibrator: await jsonArtifact({ method: 'none' }),
      oof: await tableArtifact(
        `select SK_ID_CURR::integer as SK_ID_CURR, (SK_ID_CURR % 12 = 0)::tinyint as TARGET, 0::tinyint as fold, 0::float as margin,
          (0.02 + (hash(SK_ID_CURR) % 1000) / 8000.0 + case when SK_ID_CURR % 12 = 0 then 0.05 else 0 end)::float as probability
          from ${ids(0, ROWS)} where SK_ID_CURR % 2 = 1 or SK_ID_CURR % 12 = 0 order by 1`,
      ),
      development: await tableArtifact(`select * exclude (part), 0::tinyint as fold from (${features('train', 0, ROWS, 0)}) order by 1`),
      catalogue: await jsonArtifact([]),
      decision: await jsonArtifact({ ...SMALL_DECISION, threshold: 0.5 }),
    },
    threads,
  });
}

async function read(path: string) {
  return driftSchema.parse(JSON.parse(await readFile(path, 'utf8')));
}

describe('drift', () => {
  test('parts of one population: ok, no column drifted, scores alike', async () => {
    const { outputs } = await runDrift({
      reference: `case when u < 0.3 then 'a' else 'b' end as level`,
      current: `case when u < 0.3 then 'a' else 'b' end as level`,
    });
    const result = await read(outputs.result);
    expect(result.verdict.status).toBe('ok');
    expect(result.evidently).toMatchObject({ numberOfColumns: 2, numberOfDriftedColumns: 0, datasetDrift: false });
    expect(result.score?.psi ?? 1).toBeLessThan(0.05);
    expect(result.columns.map(({ name }) => name)).toEqual(['u', 'level']);
    expect(result.columns[0]?.stability?.pAdjusted).toBeGreaterThan(0.001);
    // No classifier tells the parts apart, no concept moved the score, and the estimate lies about what the labelled rows cost.
    expect(result.joint?.domainAuc.lo).toBeLessThan(0.5);
    expect(result.shift?.sumError).toBeLessThan(1e-5);
    const { confidenceBased, weighted, effectiveSampleSize } = result.estimate ?? {};
    expect(confidenceBased?.approved.rows).toBe(ROWS - (confidenceBased?.rejected.rows ?? 0));
    expect(confidenceBased?.all.costPerLoan.value).not.toBeNull();
    // Calibration "none" fits nothing that weights could change: Platt's two numbers are fitted then.
    expect(weighted?.all.costPerLoan.value).not.toBeNull();
    expect(effectiveSampleSize).toBeGreaterThan(100);
  });

  test('one bad column of each kind is named with its reason, and the others are judged', async () => {
    const { outputs } = await runDrift({
      reference: `u as gone, u as changed, null::double as never, u as "emptied", u as infinite, 5 as constant, 'x' as level, date '2020-01-01' as day`,
      current: `'text' as changed, null::double as never, null::double as "emptied", case when u < 0.5 then 'inf'::double else u end as infinite, 5 as constant, 'y' as level, date '2020-01-01' as day, 1 as added`,
    });
    const result = await read(outputs.result);
    const reasons = Object.fromEntries(result.columns.map(({ name, skipReason }) => [name, skipReason]));
    expect(reasons).toEqual({
      u: null,
      gone: 'absent from the current part',
      changed: 'type changed from DOUBLE to VARCHAR',
      never: 'no value in either part',
      emptied: 'no value in the current part',
      infinite: null,
      constant: null,
      level: null,
      day: 'type DATE is not compared',
      added: 'absent from the reference part',
    });
    expect(result.columns.find(({ name }) => name === 'infinite')?.missing.current).toBeCloseTo(0.5, 1);
    expect(result.columns.find(({ name }) => name === 'level')?.evidently).toMatchObject({ test: 'jensenshannon', drifted: true });
    expect(result.columns.find(({ name }) => name === 'constant')?.evidently).toMatchObject({ drifted: false });
    const page = await readFile(outputs.page, 'utf8');
    expect(page).toContain('type changed from DOUBLE to VARCHAR');
  });

  test('a missing share that moves by 10 points is watched although Evidently sees nothing', async () => {
    const { outputs } = await runDrift({
      reference: `case when u < 0.5 then u end as score`,
      current: `case when (hash(SK_ID_CURR + 5) % 10) < 8 and u < 0.5 then u end as score`,
    });
    const result = await read(outputs.result);
    expect(result.columns.find(({ name }) => name === 'score')?.evidently?.drifted).toBe(false);
    expect(result.verdict).toMatchObject({
      status: 'watch',
      reasons: [expect.stringMatching(/^score: missing values went from 50\.7% to 61\.2%/)],
    });
  });

  test('shifted scores mean act', async () => {
    const { outputs, events } = await runDrift({ reference: '1 as one', current: '1 as one', shift: 1.5 });
    const result = await read(outputs.result);
    expect(result.score?.psi ?? 0).toBeGreaterThan(0.25);
    expect(result.verdict.status).toBe('act');
    expect(events).toContainEqual(
      expect.objectContaining({ level: 'warn', message: expect.stringContaining('the population has drifted') }),
    );
  });

  test('an empty application_test: insufficient, no columns, no scores, a page all the same', async () => {
    const { outputs } = await runDrift({ reference: 'u as x', current: 'u as x', currentRows: 0 });
    const result = await read(outputs.result);
    expect(result).toMatchObject({
      verdict: { status: 'insufficient' },
      columns: [],
      score: null,
      evidently: { numberOfColumns: 0, datasetDrift: false },
    });
    expect(await readFile(outputs.page, 'utf8')).toContain('the current part has no rows');
    expect(await readFile(outputs.metrics, 'utf8')).toBe('');
  });

  test('one row is compared but not judged', async () => {
    const { outputs } = await runDrift({ reference: `'x' as level`, current: `'x' as level`, currentRows: 1 });
    const result = await read(outputs.result);
    expect(result.verdict.status).toBe('insufficient');
    expect(result.columns).toHaveLength(2);
  });

  test('hostile names and levels are text on the page, and the bytes do not depend on threads', async () => {
    const given = { reference: `'<script>alert(1)</script>' as "<b>&""x"`, current: `'</svg><img src=x onerror=alert(1)>' as "<b>&""x"` };
    const [one, two] = [await runDrift(given, 1), await runDrift(given, 2)];
    const page = await readFile(one.outputs.page, 'utf8');
    expect(page).not.toMatch(/<script|<img|<b>/);
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(await readFile(two.outputs.page, 'utf8')).toBe(page);
    expect(await readFile(two.outputs.result, 'utf8')).toBe(await readFile(one.outputs.result, 'utf8'));
  });
});

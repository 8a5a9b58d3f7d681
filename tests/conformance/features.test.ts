import { tmpdir } from 'node:os';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { DuckDb, sqlName } from '../../pipeline/index.ts';
import { jsonArtifact, runBody } from '../../pipeline/testing/run-body.ts';
import runFeatures from '../../stages/features/run.ts';
import { features } from '../../stages/features/stage.ts';
import runIngest from '../../stages/ingest/run.ts';
import { ingest } from '../../stages/ingest/stage.ts';
import { type FeatureCase, featureCases, featureNames, featureReference } from './feature-cases.ts';

/** Float32 holds seven digits. */
const TOLERANCE = 1e-6;

type Values = ReadonlyMap<number, Readonly<Record<string, unknown>>>;

async function byClient(query: string, path: string): Promise<Values> {
  using db = await DuckDb.open({ threads: 2, memoryMb: 1024, tempDir: tmpdir() });
  const rows = await db.all(query, { path });
  return new Map(rows.map((row) => [Number(row['SK_ID_CURR']), row]));
}

/** Features of the raw files, the way a run makes them. */
async function ourValues({ data }: FeatureCase): Promise<Values> {
  const raw = await runBody(ingest, runIngest, { inputs: { raw: data }, config: { source: { kind: 'csv', dir: data } } });
  const contract = await jsonArtifact({ verdict: 'passed', rules: [] });
  const { rejects: _rejects, summary: _summary, ...tables } = raw.outputs;
  const { outputs } = await runBody(features, runFeatures, { inputs: { ...tables, contract } });
  const columns = ['SK_ID_CURR', ...Object.values(names)].map(sqlName).join(', ');
  return byClient(`select ${columns} from read_parquet($path)`, outputs.table);
}

function agrees(ours: unknown, theirs: unknown): boolean {
  if (typeof ours !== 'number' || typeof theirs !== 'number') return ours === theirs;
  return Math.abs(ours - theirs) <= TOLERANCE * Math.abs(theirs);
}

const names = featureNames();
const cases = featureCases();
if (cases.length === 0)
  test.skip(`feature values: skipped, no features_*.csv with its data: ../shared is absent or SLUICE_REFERENCE (${featureReference}) has none`, () => {
    expect(cases).not.toEqual([]);
  });

for (const entry of cases)
  describe(`feature values of ${entry.name}`, () => {
    let ours: Values = new Map();
    let theirs: Values = new Map();

    beforeAll(async () => {
      theirs = await byClient("select * from read_csv($path, all_varchar = false, nullstr = '')", entry.values);
      ours = await ourValues(entry);
    });

    test('every column of the reference is mapped to one of ours', () => {
      const [first = {}] = theirs.values();
      const wanted = Object.keys(first).filter((name) => name !== 'SK_ID_CURR');
      expect(Object.keys(names).toSorted()).toEqual(wanted.toSorted());
      expect(new Set(Object.values(names)).size).toBe(wanted.length);
      expect([...theirs.keys()].filter((client) => !ours.has(client))).toEqual([]);
    });

    test.each(Object.entries(names))('%s is our %s', (name, mine) => {
      const differing = [...theirs]
        .map(([client, row]) => ({ client, ours: ours.get(client)?.[mine], theirs: row[name] }))
        .filter((pair) => !agrees(pair.ours, pair.theirs));
      expect(differing.slice(0, 5)).toEqual([]);
    });
  });

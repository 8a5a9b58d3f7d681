import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DuckDb, type FloatMatrix, sqlString } from '../../../pipeline/index.ts';
import { conceptsOf } from '../../../stages/explanations/concepts.ts';
import { exactContributions } from '../../../stages/explanations/contributions.ts';
import { type PlausibleRanges, readPlausibleRanges } from '../../../stages/explanations/counterfactual/plausible-ranges.ts';
import { sampleRows } from '../../../stages/explanations/sample-rows.ts';
import { catalogueSchema } from '../../../stages/features/catalogue.ts';
import { type Champion, loadChampion } from '../../../stages/gate/load-champion.ts';
import { scoreRows } from '../../../stages/scoring/score-rows.ts';
import { bandsOf } from '../calibration-bands.ts';
import { INDEX_FILES, type PopulationRecord } from '../population-schema.ts';
import { FloatRuns, readWholes, writeNumbers } from '../typed-file.ts';
import { columnFacts } from './column-facts.ts';
import type { PrepareOrder } from './prepare-order.ts';

/** Clients in the population: 40 s of contributions at most, and as many points as any chart can show. */
const CLIENTS = 20_000;
const ROWS_AT_ONCE = 1024;

/**
 * Writes whom applicants are compared with: clients who had no part in the model, scored by the very rows that serving reads.
 * Contributions are kept as sums by concept.
 */
export async function writePopulation(db: DuckDb, order: PrepareOrder & { readonly outcomes: string }, folder: string): Promise<void> {
  const { model: ref, projectDir } = order;
  using champion = await loadChampion(ref.folder, { modelSha256: ref.sha256, threads: order.threads, projectDir });
  const { features } = champion.model;
  const everybody = new Map([...readWholes(join(folder, INDEX_FILES.ids))].map((id, place) => [id, place]));
  const unlearnt = order.learntFrom === null ? '' : `anti join read_parquet(${sqlString(order.learntFrom)}) learnt using (SK_ID_CURR)`;
  const held = await db.all<{ SK_ID_CURR: number; TARGET: number }>(
    `select SK_ID_CURR, TARGET from read_parquet(${sqlString(order.outcomes)}) known ${unlearnt} where TARGET is not null order by SK_ID_CURR`,
  );
  const known = held.filter(({ SK_ID_CURR: id }) => everybody.has(id));
  const picked = Array.from(sampleRows(known.length, CLIENTS, 1), (at) => known[at]).filter((row) => row !== undefined);
  const places = Int32Array.from(picked, ({ SK_ID_CURR: id }) => everybody.get(id) ?? 0);
  const outcomes = Uint8Array.from(picked, ({ TARGET: target }) => target);
  using rows = new FloatRuns(join(folder, INDEX_FILES.rows), features.length);
  const matrix = { rows: places.length, columns: features, data: new Float32Array(places.length * features.length) };
  places.forEach((place, at) => matrix.data.set(rows.run(place), at * features.length));
  const { calibrated } = scoreRows(champion.model, matrix, champion.calibrator);
  const sums = await conceptSums(champion, matrix, await readConcepts(ref.folder, features));
  const byColumn = transposed(matrix);
  await writeNumbers(join(folder, INDEX_FILES.places), places);
  await writeNumbers(join(folder, INDEX_FILES.outcomes), outcomes);
  await writeNumbers(join(folder, INDEX_FILES.calibrated), calibrated);
  await writeNumbers(join(folder, INDEX_FILES.concepts), sums.values);
  await writeNumbers(join(folder, INDEX_FILES.values), byColumn);
  const record: PopulationRecord = {
    schema: 'population/1',
    clients: places.length,
    holdout: held.length,
    defaults: outcomes.reduce((sum, outcome) => sum + outcome, 0),
    sameRun: order.sameRun,
    features: features.map((_, column) => ({
      ...columnFacts(byColumn.subarray(column * matrix.rows, (column + 1) * matrix.rows)),
      meanAbs: sums.meanAbs?.[column] ?? null,
    })),
    concepts: [...sums.concepts],
    bands: [...bandsOf(calibrated, outcomes)],
    ranges: [...(await usualLoans(db, order))],
  };
  await writeFile(join(folder, INDEX_FILES.record), JSON.stringify(record));
}

interface ConceptSums {
  readonly values: Float32Array;
  readonly concepts: PopulationRecord['concepts'];
  /** Mean |contribution| of each feature; null without contributions. */
  readonly meanAbs: Float64Array | null;
}

async function conceptSums({ model }: Champion, matrix: FloatMatrix, concepts: readonly string[]): Promise<ConceptSums> {
  if (model.explainer.kind === 'none' || matrix.rows === 0) return { values: new Float32Array(), concepts: [], meanAbs: null };
  const width = matrix.columns.length;
  const names = [...new Set(concepts)].toSorted();
  const columnOf = concepts.map((concept) => names.indexOf(concept));
  const values = new Float32Array(matrix.rows * names.length);
  const meanAbs = new Float64Array(width);
  for (let from = 0; from < matrix.rows; from += ROWS_AT_ONCE) {
    const to = Math.min(matrix.rows, from + ROWS_AT_ONCE);
    const part = { rows: to - from, columns: matrix.columns, data: matrix.data.subarray(from * width, to * width) };
    exactContributions(model, part).values.forEach((value, at) => {
      const column = at % width;
      const place = (from + Math.floor(at / width)) * names.length + (columnOf[column] ?? 0);
      values[place] = (values[place] ?? 0) + value;
      meanAbs[column] = (meanAbs[column] ?? 0) + Math.abs(value) / matrix.rows;
    });
  }
  return { values, concepts: names.map((concept, column) => ({ concept, meanAbs: meanOf(values, column, names.length) })), meanAbs };
}

function meanOf(values: Float32Array, column: number, width: number): number {
  let sum = 0;
  for (let at = column; at < values.length; at += width) sum += Math.abs(values[at] ?? 0);
  return (sum * width) / values.length;
}

/** By the words that travel with the version; all are "other" where it came without. */
async function readConcepts(folder: string, features: readonly string[]): Promise<readonly string[]> {
  const text = await readFile(join(folder, 'catalogue.json'), 'utf8').catch(() => '[]');
  return conceptsOf(features, catalogueSchema.parse(JSON.parse(text)));
}

function transposed({ rows, columns, data }: FloatMatrix): Float32Array {
  const width = columns.length;
  const turned = new Float32Array(data.length);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < width; column++) turned[column * rows + row] = data[row * width + column] ?? 0;
  return turned;
}

async function usualLoans(db: DuckDb, { raw, usual }: PrepareOrder): Promise<readonly PlausibleRanges[]> {
  const among = usual === null ? '' : `semi join read_parquet(${sqlString(usual)}) usual using (SK_ID_CURR)`;
  await db.run(`create or replace temp view book as select own.* from read_parquet(${sqlString(raw.application_train)}) own ${among}`);
  return await readPlausibleRanges(db);
}

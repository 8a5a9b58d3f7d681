import { collectRecent, type DuckDb, type FloatMatrix, sqlName } from '../../../pipeline/index.ts';
import { applyCalibrator } from '../../calibrate/apply-calibrator.ts';
import type { Calibrator } from '../../calibrate/stage.ts';
import type { FittedModel } from '../../scoring/model/fitted-model.ts';
import { requireFeatures, type Scores } from '../../scoring/score-rows.ts';
import { ENOUGH_ROWS, placesOf } from './every-few-rows.ts';

/** Rows read and scored at once: a model's library copies them, at twice the bytes. */
const AT_ONCE = 8192;

export interface ScoredPart {
  readonly rows: number;
  /** Of every row, by SK_ID_CURR. */
  readonly scores: Omit<Scores, 'margin'>;
  /** At most {@link ENOUGH_ROWS} rows of features, evenly spaced by SK_ID_CURR: what more than scores is asked of. */
  readonly some: FloatMatrix;
}

/**
 * Scores all rows of a table of features and keeps some: the table is read once, in its own order, and never held; nor is it sorted, which takes longer than to score it.
 * Rows with the same key stand in the file's order.
 * @param view of one file: it is read twice and must have the same order both times, which a join does not promise
 */
export async function scorePart(
  db: DuckDb,
  view: string,
  { model, calibrator }: { readonly model: FittedModel; readonly calibrator: Calibrator },
): Promise<ScoredPart> {
  const { features } = model;
  await requireFeatures(db, view, features);
  const place = await placesByKey(db, view);
  const rows = place.length;
  const width = features.length;
  const probability = new Float32Array(rows);
  const kept = placesOf(rows, ENOUGH_ROWS);
  const keptAt = new Map(Array.from(kept, (row, at) => [row, at]));
  // For a thread that reads them as well.
  const data = new Float32Array(new SharedArrayBuffer(kept.length * width * Float32Array.BYTES_PER_ELEMENT));
  let read = 0;
  await db.matrixBatches(`select ${features.map(sqlName).join(', ')} from ${sqlName(view)}`, AT_ONCE, (batch) => {
    infiniteIsMissing(batch.data);
    const scored = model.probability?.(batch) ?? model.predict(batch).probability;
    for (let row = 0; row < batch.rows; row++) {
      const to = place[read + row] ?? 0;
      probability[to] = scored[row] ?? Number.NaN;
      const at = keptAt.get(to);
      if (at !== undefined) data.set(batch.data.subarray(row * width, (row + 1) * width), at * width);
    }
    read += batch.rows;
    // Chunks of DuckDB, whose memory goes with them: 30 to 60 MiB at 120 columns.
    collectRecent();
  });
  return {
    rows,
    scores: { probability, calibrated: applyCalibrator(calibrator, probability) },
    some: { rows: kept.length, columns: features, data },
  };
}

/** As everywhere in a comparison: no model was fitted to infinite values, and a library refuses them. */
function infiniteIsMissing(data: Float32Array): void {
  // By their bits, in half the time of comparing numbers.
  const bits = new Uint32Array(data.buffer, data.byteOffset, data.length);
  for (let at = 0; at < bits.length; at++) if (((bits[at] ?? 0) & 0x7fff_ffff) === 0x7f80_0000) data[at] = Number.NaN;
}

/** Of each row in the table's own order, its place by SK_ID_CURR. */
async function placesByKey(db: DuckDb, view: string): Promise<Uint32Array> {
  const order = await db.column(
    `select (read - 1)::double as place from (select SK_ID_CURR, row_number() over () as read from ${sqlName(view)}) order by SK_ID_CURR, read`,
  );
  const place = new Uint32Array(order.length);
  order.forEach((row, at) => (place[row] = at));
  return place;
}

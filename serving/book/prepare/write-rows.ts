import { join } from 'node:path';
import type { DuckDb } from '../../../pipeline/index.ts';
import { loadChampion } from '../../../stages/gate/load-champion.ts';
import { scoreRows } from '../../../stages/scoring/score-rows.ts';
import { featureParts } from '../feature-parts.ts';
import { LISTING_FILES } from '../listing-files.ts';
import { INDEX_FILES } from '../population-schema.ts';
import { writeNumbers } from '../typed-file.ts';
import type { PrepareOrder } from './prepare-order.ts';

/** Writes the model's input of everybody in the book, so that scoring somebody by id is one read, and their score for the list. */
export async function writeRows(
  db: DuckDb,
  { raw, model, projectDir, threads }: PrepareOrder,
  { folder, progress }: { readonly folder: string; readonly progress: (done: number, total: number) => void },
): Promise<void> {
  using champion = await loadChampion(model.folder, { modelSha256: model.sha256, threads, projectDir });
  const { features } = champion.model;
  await writeNumbers(join(folder, INDEX_FILES.ids), new Int32Array());
  await writeNumbers(join(folder, INDEX_FILES.rows), new Float32Array());
  await writeNumbers(join(folder, LISTING_FILES.probability), new Float64Array());
  for await (const part of featureParts(db, { paths: raw, features, modelFolder: model.folder, projectDir, threads })) {
    await writeNumbers(join(folder, INDEX_FILES.ids), part.ids, 'a');
    await writeNumbers(join(folder, INDEX_FILES.rows), part.matrix.data, 'a');
    const { calibrated } = scoreRows(champion.model, part.matrix, champion.calibrator);
    await writeNumbers(join(folder, LISTING_FILES.probability), calibrated, 'a');
    progress(part.index + 1, part.parts);
  }
}

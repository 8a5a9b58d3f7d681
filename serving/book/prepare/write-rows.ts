import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDb } from '../../../pipeline/index.ts';
import { modelSummary } from '../../../stages/train/stage.ts';
import { featureParts } from '../feature-parts.ts';
import { INDEX_FILES } from '../population-schema.ts';
import { writeNumbers } from '../typed-file.ts';
import type { PrepareOrder } from './prepare-order.ts';

/** Writes the model's input of everybody in the book: scoring somebody by id is then one read. */
export async function writeRows(
  db: DuckDb,
  { raw, model, projectDir, threads }: PrepareOrder,
  { folder, progress }: { readonly folder: string; readonly progress: (done: number, total: number) => void },
): Promise<void> {
  const { features } = await readSummary(model.folder);
  await writeNumbers(join(folder, INDEX_FILES.ids), new Int32Array());
  await writeNumbers(join(folder, INDEX_FILES.rows), new Float32Array());
  for await (const part of featureParts(db, { paths: raw, features, modelFolder: model.folder, projectDir, threads })) {
    await writeNumbers(join(folder, INDEX_FILES.ids), part.ids, 'a');
    await writeNumbers(join(folder, INDEX_FILES.rows), part.matrix.data, 'a');
    progress(part.index + 1, part.parts);
  }
}

export async function readSummary(folder: string) {
  return modelSummary.parse(JSON.parse(await readFile(join(folder, 'summary.json'), 'utf8')));
}

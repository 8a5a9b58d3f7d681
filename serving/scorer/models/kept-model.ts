import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { messageOf, sha256File, SluiceError, systemErrorCode } from '../../../pipeline/index.ts';
import { modelFileOf } from '../../../stages/champion/champion-files.ts';

const RECORD = 'version.json';
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const schema = z.strictObject({
  schema: z.literal('served-model/1'),
  name: z.string(),
  version: z.string(),
  /** Every file with the sha256 that the registry's tags gave it. */
  files: z.record(z.string(), sha256),
});
type KeptRecord = z.infer<typeof schema>;

/** A registered version on this disk, every file proven. */
export interface KeptModel {
  readonly folder: string;
  readonly name: string;
  readonly version: string;
  /** What all files together are: the folder's name. Two versions of the same bytes have the same key. */
  readonly key: string;
  /** Of the model's file. */
  readonly sha256: string;
  readonly files: readonly string[];
}

/** One digest of all files: model, calibration, threshold, fitted state, words. */
export function filesKey(files: Readonly<Record<string, string>>): string {
  const lines = Object.entries(files)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, digest]) => `${digest}  ${name}\n`);
  return createHash('sha256').update(lines.join('')).digest('hex');
}

/** Makes a folder that `fill` has filled a kept model, in one rename: a broken-off download is never taken for one. */
export async function keepModel(
  modelsDir: string,
  version: Omit<KeptRecord, 'schema'>,
  fill: (folder: string) => Promise<void>,
): Promise<KeptModel> {
  const key = filesKey(version.files);
  const folder = join(modelsDir, key);
  const staging = `${folder}.${process.pid}.part`;
  await rm(staging, { recursive: true, force: true });
  await mkdir(staging, { recursive: true });
  await fill(staging);
  const record: KeptRecord = { schema: 'served-model/1', ...version };
  await writeFile(join(staging, RECORD), `${JSON.stringify(record, null, 2)}\n`);
  await rm(folder, { recursive: true, force: true });
  await rename(staging, folder);
  return await proveModel(folder);
}

/**
 * A kept model, its files read again and compared with what was registered.
 * @throws SluiceError ARTIFACT_MISSING where there is none, MODEL_DAMAGED naming the file that is not what was registered
 */
export async function proveModel(folder: string): Promise<KeptModel> {
  const record = await readRecord(folder);
  for (const [file, expected] of Object.entries(record.files)) {
    const found = await sha256File(join(folder, file)).catch((error: unknown) => messageOf(error));
    if (found === expected) continue;
    throw new SluiceError(
      'MODEL_DAMAGED',
      `${join(folder, file)} is not what was registered as "${record.name}" version ${record.version}`,
      {
        hint: `Remove ${folder}: the model is then fetched again from the registry.`,
        data: { file, expected, found },
      },
    );
  }
  const { name, version, files } = record;
  const model = modelFileOf((file) => Object.hasOwn(files, file));
  return { folder, name, version, key: filesKey(files), sha256: files[model] ?? '', files: Object.keys(files) };
}

async function readRecord(folder: string): Promise<KeptRecord> {
  const path = join(folder, RECORD);
  try {
    return schema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') {
      throw new SluiceError('ARTIFACT_MISSING', `no model is kept in ${folder}`, {
        hint: 'Start MLflow, so that the champion can be fetched: sluice mlflow up',
      });
    }
    throw new SluiceError('MODEL_DAMAGED', `${path} is not the record of a kept model: ${messageOf(error)}`, {
      hint: `Remove ${folder}: the model is then fetched again from the registry.`,
      cause: error,
    });
  }
}

import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { connectMlflow, fetchVersionFiles, mlflow, type ModelVersion, SluiceError, taggedDigests } from '../../../pipeline/index.ts';
import { championFiles } from '../../../stages/champion/champion-files.ts';
import type { ModelIdentity } from '../score-answer.ts';
import { keepModel, type KeptModel, filesKey, proveModel } from './kept-model.ts';

/** What explanations need beside the model; proven where the version has their digests. */
const EXPLANATION_FILES = ['catalogue.json', 'explanation_reference.json'] as const;
const pointer = z.strictObject({ champion: z.string().regex(/^[0-9a-f]{64}$/) });

export type Alias = 'champion' | 'challenger';

/** The registry that is asked. */
export interface Registry {
  /** Of the MLflow server; may hold a login. */
  readonly uri: string;
  /** `credit-scoring` by default. */
  readonly modelName?: string;
  /** Known not to answer now: it is asked once, and not waited for. */
  readonly down?: boolean;
}

/** The models on this disk, in `<artifacts>/serving/models/<key>`, and the registry that they come from. */
export class ModelShelf {
  readonly #dir: string;

  /** @param servingDir `<artifacts>/serving` */
  constructor(servingDir: string) {
    this.#dir = servingDir;
  }

  /**
   * The version that has an alias now, fetched and proven where it is not here yet; null where none has it.
   * @throws SluiceError MLFLOW_UNREACHABLE, MLFLOW_REFUSED; MODEL_DAMAGED for a file that is not what was registered, or a version without digests
   */
  async fromRegistry(
    { uri, modelName = 'credit-scoring', down = false }: Registry,
    alias: Alias,
    patienceMs = 5000,
  ): Promise<KeptModel | null> {
    const connection = connectMlflow(uri, { env: process.env, retryForMs: down ? 0 : patienceMs });
    const version = await mlflow.getVersionByAlias(connection, modelName, alias);
    if (version === undefined) return null;
    const files = servedFiles(version);
    const kept = await this.#proven(filesKey(files));
    if (kept !== null) return { ...kept, name: version.name, version: version.version };
    return await keepModel(this.#models, { name: version.name, version: version.version, files }, async (folder) => {
      if (!(await fetchVersionFiles(connection, version, { folder, files: Object.keys(files) }))) throw notOurs(version);
    });
  }

  /** A model that was fetched before. @throws SluiceError ARTIFACT_MISSING, MODEL_DAMAGED */
  kept(key: string): Promise<KeptModel> {
    return proveModel(join(this.#models, key));
  }

  /** A model that was served here before. @throws SluiceError ARTIFACT_MISSING where it is not kept, MODEL_DAMAGED */
  async find({ version, sha256 }: Pick<ModelIdentity, 'version' | 'sha256'>): Promise<KeptModel> {
    const keys = (await readdir(this.#models).catch(() => [])).filter((name) => /^[0-9a-f]{64}$/.test(name));
    const kept: KeptModel[] = [];
    for (const key of keys.toSorted()) {
      const model = await this.#proven(key);
      if (model !== null && model.sha256 === sha256) kept.push(model);
    }
    // Of two versions with the same booster and another threshold or calibration, the version decides.
    const found = kept.find((model) => model.version === version) ?? (kept.length === 1 ? kept[0] : undefined);
    if (found !== undefined) return found;
    throw new SluiceError(
      'ARTIFACT_MISSING',
      `version ${version} (model ${sha256.slice(0, 12)}…) is not among the models kept in ${this.#models}`,
      {
        hint: 'Only models that were served here are kept; copy its folder there, or serve that version once.',
      },
    );
  }

  /** The last champion that was proven here; null where there was none. @throws SluiceError MODEL_DAMAGED */
  async lastChampion(): Promise<KeptModel | null> {
    const text = await readFile(this.#pointer, 'utf8').catch(() => null);
    if (text === null) return null;
    return await this.kept(pointer.parse(JSON.parse(text)).champion);
  }

  /** Remembers what to start with when the registry cannot be asked. */
  async remember({ key }: KeptModel): Promise<void> {
    await mkdir(this.#dir, { recursive: true });
    await writeFile(`${this.#pointer}.${process.pid}`, `${JSON.stringify({ champion: key })}\n`);
    await rename(`${this.#pointer}.${process.pid}`, this.#pointer);
  }

  get #models(): string {
    return join(this.#dir, 'models');
  }

  get #pointer(): string {
    return join(this.#dir, 'champion.json');
  }

  /** A damaged copy of what the registry has is not the end: it is fetched again. */
  async #proven(key: string): Promise<KeptModel | null> {
    return await this.kept(key).catch((error: unknown) => {
      if (error instanceof SluiceError && (error.code === 'ARTIFACT_MISSING' || error.code === 'MODEL_DAMAGED')) return null;
      throw error;
    });
  }
}

function servedFiles(version: ModelVersion): Readonly<Record<string, string>> {
  const digests = taggedDigests(version);
  const names = Object.keys(digests).toSorted();
  const wanted = [...championFiles(names), ...EXPLANATION_FILES.filter((file) => names.includes(file))];
  return Object.fromEntries(
    wanted.map((file) => {
      const digest = digests[file];
      if (digest === undefined) throw notOurs(version, file);
      return [file, digest];
    }),
  );
}

function notOurs({ name, version }: ModelVersion, file?: string): SluiceError {
  const lacks = file === undefined ? 'a file that its tags name is not there' : `it has no digest of ${file}`;
  return new SluiceError('MODEL_DAMAGED', `"${name}" version ${version} was not registered by this pipeline: ${lacks}`, {
    hint: `Give the alias to a version that a run registered: sluice promote ${name} VERSION --alias champion --reason "…"`,
    data: { version },
  });
}

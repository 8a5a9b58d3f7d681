import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { sha256File, SluiceError } from '../../pipeline/index.ts';
import { keepModel, type KeptModel } from '../scorer/models/kept-model.ts';
import { ModelShelf } from '../scorer/models/model-shelf.ts';
import { sourcesDigest } from './sources-digest.ts';

/** Two models of one book, made by the stages' own bodies: `champion`, and `rival` with other rounds and threshold. */
export type WorldModel = 'champion' | 'rival';

/** A small run's artifacts: synthetic applicants, all features and fitted columns, two small models with calibration and reference. */
export interface ServedWorld {
  /** The last good artifact of STAGE.PORT, as `CommandContext.artifact` gives it. @throws SluiceError ARTIFACT_MISSING */
  readonly artifact: (port: string) => Promise<{ readonly path: string; readonly sha256: string }>;
  /** Files of a model as they lie beside a registered version, name to path. */
  readonly modelFiles: (model: WorldModel) => Promise<Readonly<Record<string, string>>>;
}

/**
 * The world that tests of serving share. Made once for the sources as they are (some 10 s) and kept in the checkout's
 * `.sluice`: every test file after the first only opens it. Nothing in it is to be written to.
 */
export async function servedWorld(): Promise<ServedWorld> {
  // SLUICE_SERVED_WORLD holds on to one while sources change.
  const dir = process.env['SLUICE_SERVED_WORLD'] ?? join(process.cwd(), '.sluice', `served-world-${(await sourcesDigest()).slice(0, 16)}`);
  await madeOnce(dir);
  const paths = JSON.parse(await readFile(join(dir, 'world.json'), 'utf8')) as Readonly<Record<string, string>>;
  const at = (name: string): string => {
    const path = paths[name];
    if (path === undefined) throw new SluiceError('ARTIFACT_MISSING', `the world of the tests has no ${name}`);
    return join(dir, path);
  };
  return {
    artifact: async (port) => ({ path: at(port), sha256: (await stat(at(port))).isDirectory() ? 'directory' : await sha256File(at(port)) }),
    modelFiles: async (model) => {
      const names = Object.keys(paths).filter((name) => name.startsWith(`${model}/`));
      return Object.fromEntries(names.map((name) => [name.slice(model.length + 1), at(name)]));
    },
  };
}

/** Puts a model where a scorer without a registry finds its champion: `<servingDir>/models/<key>` and `champion.json`. */
export async function keepWorldModel(world: ServedWorld, model: WorldModel, servingDir: string): Promise<KeptModel> {
  const files = await world.modelFiles(model);
  const digests = Object.fromEntries(await Promise.all(Object.entries(files).map(async ([name, path]) => [name, await sha256File(path)])));
  const version = { name: 'credit-scoring', version: model === 'champion' ? '1' : '2', files: digests };
  const kept = await keepModel(join(servingDir, 'models'), version, async (folder) => {
    for (const [name, path] of Object.entries(files)) await cp(path, join(folder, name));
  });
  await new ModelShelf(servingDir).remember(kept);
  return kept;
}

/** An empty artifacts folder with the world's champion kept in it: `Scorer.open` starts on it without MLflow. */
export async function servedArtifacts(world: ServedWorld, model: WorldModel = 'champion'): Promise<string> {
  const artifactsDir = await mkdtemp(join(tmpdir(), 'sluice-serving-'));
  await keepWorldModel(world, model, join(artifactsDir, 'serving'));
  return artifactsDir;
}

/** A process of its own makes it: a test that gives up meanwhile leaves the others their world. */
async function madeOnce(dir: string): Promise<void> {
  if (existsSync(join(dir, 'world.json'))) return;
  await promisify(execFile)(process.execPath, [join(process.cwd(), 'scripts/run-ts.mjs'), 'serving/testing/make-world.ts', dir]);
}

import { rmSync } from 'node:fs';
import { SluiceError } from '../../errors/sluice-error.ts';
import { isIntact, type ModuleText, textOf, writeModule } from '../../fingerprint/body-code.ts';
import type { Bundle } from '../../fingerprint/bundle.ts';
import { bundleModule } from '../../fingerprint/bundle-module.ts';
import type { Stage } from '../../graph/stage.ts';
import { bodyFile } from '../project/load-pipeline.ts';
import type { Project } from '../project/project.ts';

/** What a child is to run. */
export interface BodyText {
  readonly bodyPath: string;
  /** The text behind that path; null where it is to be read from there. */
  readonly bodyText: ModuleText | null;
}

/** Up to so many characters a text goes with the order: writing it to a file, and reading that, takes longer. */
const SMALL_CHARS = 1 << 15;

/**
 * Gets a stage's code ready to run, after proving that it is what was hashed. An ES module has to lie in a file: Node loads it by its path.
 * @throws SluiceError STAGE_FAILED where the kept code is damaged and the sources have changed since it was hashed
 */
export async function bodyTextOf(project: Project, stage: Stage, { path, digest, packed }: Bundle): Promise<BodyText> {
  if (packed === null) return { bodyPath: path, bodyText: null };
  const text = textOf(packed, digest);
  if (text === null) {
    rmSync(packed.file, { force: true }); // the next command makes all that lies in it anew
    return { bodyPath: await bundledAgain(project, stage, digest), bodyText: null };
  }
  if (path.endsWith('.cjs') && text.code.length + text.map.length <= SMALL_CHARS) return { bodyPath: path, bodyText: text };
  if (!isIntact({ path, digest, packed: null })) writeModule(path, text);
  return { bodyPath: path, bodyText: null };
}

async function bundledAgain({ dir, cacheDir }: Project, stage: Stage, digest: string): Promise<string> {
  const again = await bundleModule(bodyFile(stage), { projectDir: dir, cacheDir, refuseUntracked: true });
  if (again.digest === digest) return again.path;
  throw new SluiceError(
    'STAGE_FAILED',
    `the code of stage "${stage.name}" is not what it was when this command began, and the copy kept of it is damaged`,
    {
      stage: stage.name,
      hint: 'Run again.',
    },
  );
}

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bundleModule } from '../../fingerprint/bundle-module.ts';
import type { Project } from '../project/project.ts';

/**
 * A program of the engine's own as a file that Node can run: beside this one when built, bundled on the spot when run from source.
 * @param source `new URL('./program.ts', import.meta.url)`, of whoever starts it
 */
export async function programFile(project: Pick<Project, 'cacheDir'>, source: URL): Promise<string> {
  const file = fileURLToPath(source);
  const built = file.replace(/\.ts$/, '.cjs');
  if (existsSync(built)) return built;
  return (await bundleModule(file, { projectDir: fileURLToPath(new URL('../../..', import.meta.url)), cacheDir: project.cacheDir })).path;
}

/** The program of a stage's child. */
export function runnerFile(project: Pick<Project, 'cacheDir'>): Promise<string> {
  return programFile(project, new URL('./stage-runner.ts', import.meta.url));
}

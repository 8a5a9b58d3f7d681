import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bundleModule } from '../../fingerprint/bundle-module.ts';
import type { Project } from '../project/project.ts';

/** The stage-runner as a file that Node can run: beside this one when built, bundled on the spot when run from source. */
export async function runnerFile(project: Project): Promise<string> {
  const built = fileURLToPath(new URL('./stage-runner.cjs', import.meta.url));
  if (existsSync(built)) return built;
  const source = fileURLToPath(new URL('./stage-runner.ts', import.meta.url));
  return (await bundleModule(source, { projectDir: fileURLToPath(new URL('../../..', import.meta.url)), cacheDir: project.cacheDir })).path;
}

import { join } from 'node:path';
import process from 'node:process';
import { bundleModule } from '../fingerprint/bundle-module.ts';

/** Bundles a module of this repository, as `CommandContext.bundle` does. */
export async function bundleFile(file: string): Promise<string> {
  const projectDir = process.cwd();
  return (await bundleModule(join(projectDir, file), { projectDir, cacheDir: join(projectDir, '.sluice') })).path;
}

import { basename, relative } from 'node:path';
import type { InstalledPackage } from './installed-package.ts';

type Json = Readonly<Record<string, unknown>>;

/**
 * The package.json of a new project. What is there already stays, but for the `type` and the scripts that are npm's placeholders.
 * @param existing parsed; empty for none
 */
export function projectPackage(folder: string, sluice: InstalledPackage, existing: Json): Json {
  const spec = sluice.private ? `file:${relative(folder, sluice.root).replaceAll('\\', '/')}` : `^${sluice.version}`;
  const dev = (name: string, otherwise: string): string => sluice.devDependencies[name] ?? otherwise;
  return {
    name: packageName(folder),
    version: '0.0.0',
    private: true,
    ...existing,
    type: 'module',
    sideEffects: false,
    sluice: { pipeline: 'stages/index.ts', config: 'configs/pipeline.yaml' },
    scripts: { ...withoutPlaceholder(existing['scripts']), start: 'sluice run', test: 'node --test tests/*.test.mjs', check: 'tsc' },
    dependencies: { sluice: spec, zod: sluice.dependencies['zod'] ?? '^4.0.0', ...mapOf(existing['dependencies']) },
    devDependencies: {
      '@types/node': dev('@types/node', '^20.0.0'),
      typescript: dev('typescript', '^7.0.0'),
      ...mapOf(existing['devDependencies']),
    },
  };
}

/** The folder's name as npm allows it. */
function packageName(folder: string): string {
  const name = basename(folder)
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[^a-z0-9._-]+/g, '-')
    .replaceAll(/^[-._]+|[-._]+$/g, '');
  return name === '' || name === 'sluice' ? 'my-pipeline' : name;
}

function withoutPlaceholder(scripts: unknown): Json {
  return Object.fromEntries(Object.entries(mapOf(scripts)).filter(([, text]) => !String(text).includes('no test specified')));
}

function mapOf(value: unknown): Json {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A Python with MLflow and further packages: the one that SLUICE_EXTRA_PYTHON names, else the project's, where they are in it.
 * @returns undefined where neither has them
 */
export function extraPython(projectDir: string, packages: readonly string[]): string | undefined {
  const candidates = [process.env['SLUICE_EXTRA_PYTHON'] ?? '', join(projectDir, '.venv/bin/python')];
  return candidates.find((python) => existsSync(python) && hasAll(python, ['mlflow', ...packages]));
}

function hasAll(python: string, packages: readonly string[]): boolean {
  const code = 'import importlib.util, sys; sys.exit(any(importlib.util.find_spec(name) is None for name in sys.argv[1:]))';
  return spawnSync(python, ['-c', code, ...packages]).status === 0;
}

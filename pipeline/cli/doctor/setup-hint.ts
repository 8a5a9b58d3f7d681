import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Project } from '../../execute/project/project.ts';

/** The command that makes `.venv`: in this repository a make target, elsewhere by hand. */
export function setupHint({ dir }: Project): string {
  return existsSync(join(dir, 'Makefile'))
    ? 'Run: make setup'
    : 'Run: python3 -m venv .venv && .venv/bin/pip install mlflow==3.17.2 xgboost-cpu==3.2.0';
}

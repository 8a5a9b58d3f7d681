import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { FeatureModel } from './feature-requests.ts';

/** DuckDB's plans of models' SQL, kept on disk: made once for a model, this program and DuckDB's version. All of it can be deleted. */
export class KeptPlans {
  readonly #folder: string;
  readonly #program: string;

  /** @param program what names the code that plans: another code has other plans */
  constructor(folder: string, program: string) {
    this.#folder = folder;
    this.#program = program;
  }

  /** Makes the plans of a model where they are not there, and opens them; those that cannot be opened are made anew. */
  async use({ key }: FeatureModel, plan: (file: string) => Promise<unknown>, open: (file: string) => Promise<unknown>): Promise<void> {
    const file = join(this.#folder, `${key.slice(0, 32)}-${await this.#version()}.plans`);
    if (existsSync(file)) {
      const opened = await open(file).then(
        () => true,
        () => false,
      );
      if (opened) return;
    }
    await this.#forget(key);
    await plan(file);
    await open(file);
  }

  async #forget(key: string): Promise<void> {
    const files = await readdir(this.#folder).catch(() => []);
    for (const file of files) if (file.startsWith(key.slice(0, 32))) await rm(join(this.#folder, file), { force: true });
  }

  async #version(): Promise<string> {
    const { version } = JSON.parse(await readFile(join(packageFolder('@duckdb/node-api'), 'package.json'), 'utf8')) as {
      readonly version: string;
    };
    return createHash('sha256').update(`${this.#program}\n${version}`).digest('hex').slice(0, 32);
  }
}

/** A package is found by its entry: not every one lets its package.json be asked for. */
function packageFolder(name: string): string {
  let folder = dirname(createRequire(import.meta.url).resolve(name));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

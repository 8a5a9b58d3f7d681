import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';

export interface FeatureCase {
  readonly name: string;
  /** Independent feature values, one row a client. */
  readonly values: string;
  /** The raw CSV files that they were computed from. */
  readonly data: string;
}

/** The folder of recorded truths, and beside it `data` with the raw tables. */
export const featureReference = resolve(process.env['SLUICE_REFERENCE'] ?? '../shared/reference');

/** One case for each `features_<name>.csv` whose raw tables lie in `../data/home_credit_<name>`. */
export function featureCases(): readonly FeatureCase[] {
  if (!existsSync(featureReference)) return [];
  return readdirSync(featureReference)
    .flatMap((file) => /^features_(.+)\.csv$/.exec(file)?.[1] ?? [])
    .map((name) => ({
      name,
      values: join(featureReference, `features_${name}.csv`),
      data: join(featureReference, '..', 'data', `home_credit_${name}`),
    }))
    .filter(({ data }) => existsSync(data));
}

/** Names of the reference and, for each, the feature of ours that has its definition. */
export function featureNames(): Readonly<Record<string, string>> {
  return z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(join(import.meta.dirname, 'features.map.json'), 'utf8')));
}

import type { z } from 'zod';
import { didYouMean } from '../errors/close-match.ts';
import { SluiceError, type SourceLocation } from '../errors/sluice-error.ts';
import { type ConfigPath, dottedKey, type KeyPlaces } from './config-origin.ts';
import { describeAllowed } from './describe-allowed.ts';
import { isRecord } from './deep-merge.ts';
import { keysOf, schemaAt, unwrap } from './schema-at.ts';

export interface Subject {
  readonly schema: z.ZodObject;
  readonly values: Readonly<Record<string, unknown>>;
  readonly places: ReadonlyMap<string, KeyPlaces>;
  /** Named where no key has a place: a required key that is missing everywhere. */
  readonly file: string;
  /** The page that explains the keys. @default 'docs/reference/config.md' */
  readonly describedIn?: string;
}

/** Each issue as a complaint that names key, value, allowed values and place; in the order of the file. */
export function configProblems(issues: readonly z.core.$ZodIssue[], subject: Subject): readonly SluiceError[] {
  const problems = issues.flatMap((issue) => {
    const path = issue.path.filter((part) => typeof part !== 'symbol');
    return issue.code === 'unrecognized_keys' ? issue.keys.map((key) => unknownKey(path, key, subject)) : [badValue(path, issue, subject)];
  });
  return problems.toSorted((a, b) => (a.at?.line ?? 0) - (b.at?.line ?? 0));
}

function unknownKey(parent: ConfigPath, key: string, { schema, places, file }: Subject): SluiceError {
  const path = [...parent, key];
  const known = keysOf(schemaAt(schema, parent)).filter((name) => name !== 'extends');
  const what = dottedKey(parent) === 'params' ? `there is no stage "${key}" to give params to` : `"${dottedKey(path)}" is not a config key`;
  const where = parent.length === 0 ? 'Top-level keys' : dottedKey(parent) === 'params' ? 'Stages' : `Keys of ${dottedKey(parent)}`;
  return new SluiceError('CONFIG_UNKNOWN_KEY', `${what}.${didYouMean(key, known)}`, {
    at: places.get(dottedKey(path))?.key ?? { file },
    hint: known.length === 0 ? `${dottedKey(parent)} takes no keys; remove the line.` : `${where}: ${known.join(', ')}.`,
    data: { key: dottedKey(path), known },
  });
}

function badValue(path: ConfigPath, issue: z.core.$ZodIssue, subject: Subject): SluiceError {
  const { schema, values, places, file } = subject;
  const key = dottedKey(path);
  const field = schemaAt(schema, path);
  const value = path.reduce<unknown>(
    (inner, part) => (isRecord(inner) || Array.isArray(inner) ? (inner as Readonly<Record<string | number, unknown>>)[part] : undefined),
    values,
  );
  const allowed = field === undefined || issue.code === 'custom' ? issue.message : `allowed: ${describeAllowed(field)}`;
  const what = value === undefined ? `${key} is missing` : `${key} is ${JSON.stringify(value)}`;
  const end = /[.?!]$/.test(allowed) ? '' : '.';
  return new SluiceError('CONFIG_VALUE', `${what}; ${allowed}${end}${nearestValue(value, field)}`, {
    at: placeOf(path, places) ?? { file },
    hint: valueHint(key, value, { field, ...subject }),
    data: { key, value, allowed },
  });
}

function placeOf(path: ConfigPath, places: ReadonlyMap<string, KeyPlaces>): SourceLocation | undefined {
  return places.get(dottedKey(path))?.value ?? (path.length > 1 ? placeOf(path.slice(0, -1), places) : undefined);
}

function nearestValue(value: unknown, field: z.core.$ZodType | undefined): string {
  const values = field === undefined ? undefined : unwrap(field)._zod.values;
  return typeof value === 'string' && values !== undefined
    ? didYouMean(
        value,
        [...values].filter((option) => typeof option === 'string'),
      )
    : '';
}

interface Hinted extends Pick<Subject, 'describedIn'> {
  readonly field: z.core.$ZodType | undefined;
}

function valueHint(key: string, value: unknown, { field, describedIn }: Hinted): string {
  if (value === undefined)
    return describedIn === undefined ? `Add ${key} to the config, or pass -S ${key}=VALUE.` : `Add ${key}; ${describedIn} describes it.`;
  const values = field === undefined ? undefined : unwrap(field)._zod.values;
  if (typeof value === 'number' && values?.has(String(value)) === true) return `Put it in quotes: "${value}".`;
  return `Correct the value; ${describedIn ?? 'docs/reference/config.md'} describes ${key}.`;
}

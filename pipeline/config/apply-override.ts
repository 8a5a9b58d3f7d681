import { parse } from 'yaml';
import type { z } from 'zod';
import { SluiceError, type SourceLocation } from '../errors/sluice-error.ts';
import type { ConfigPath, KeyPlaces } from './config-origin.ts';
import { deepMerge } from './deep-merge.ts';
import { schemaAt } from './schema-at.ts';

export interface Override {
  readonly path: ConfigPath;
  readonly value: unknown;
  readonly places: KeyPlaces;
}

/**
 * Reads `key=value` of `-S`; the value is YAML, so 0.1 is a number, true a boolean, and {a: b} a map. Where the key takes
 * text and no number, `0.7` is the text.
 * @throws SluiceError USAGE for a text without `=` or with an empty key, CONFIG_SYNTAX for a value that is not YAML
 */
export function parseOverride(text: string, schema: z.ZodObject): Override {
  const equals = text.indexOf('=');
  const key = text.slice(0, equals).trim();
  if (equals < 0 || key === '' || key.split('.').includes('')) {
    throw new SluiceError('USAGE', `-S ${text} is not of the form key=value`, { hint: 'Write it as -S params.train.eta=0.1.' });
  }
  const shown = `-S ${text}`;
  const place = (column: number, length: number): SourceLocation => ({
    file: 'command line',
    column,
    text: shown,
    length: Math.max(1, length),
  });
  const places: KeyPlaces = { key: place(4, equals), value: place(5 + equals, text.length - equals - 1) };
  const raw = text.slice(equals + 1);
  const path = key.split('.');
  return { path, value: readValue(raw, schemaAt(schema, path), places.value), places };
}

function readValue(raw: string, schema: z.core.$ZodType | undefined, at: SourceLocation): unknown {
  let value: unknown;
  try {
    value = parse(raw) ?? null;
  } catch (cause) {
    throw new SluiceError('CONFIG_SYNTAX', `the value ${JSON.stringify(raw)} is not YAML`, { cause, at, hint: 'Put quotes around it.' });
  }
  if (schema === undefined || typeof value === 'string' || accepts(schema, value)) return value;
  return accepts(schema, raw) ? raw : value;
}

function accepts(schema: z.core.$ZodType, value: unknown): boolean {
  const result = schema._zod.run({ value, issues: [] }, { async: false });
  return !(result instanceof Promise) && result.issues.length === 0;
}

/** The values with the override on top. */
export function applyOverride(values: Readonly<Record<string, unknown>>, override: Override): Record<string, unknown> {
  const nested = override.path.toReversed().reduce<unknown>((inner, key) => ({ [key]: inner }), override.value);
  return deepMerge(values, nested as Record<string, unknown>);
}

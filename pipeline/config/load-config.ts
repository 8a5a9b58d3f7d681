import { isAbsolute, resolve } from 'node:path';
import { applyOverride, parseOverride } from './apply-override.ts';
import { type ConfigOrigin, type ConfigPath, dottedKey, type KeyPlaces } from './config-origin.ts';
import { configProblems } from './config-problems.ts';
import { firstProblem } from '../errors/first-problem.ts';
import { configSchema, type ConfigurablePipeline, folderKeys } from './config-schema.ts';
import { isRecord } from './deep-merge.ts';
import { readConfigFile } from './read-config-file.ts';
import { refuseLogin } from './refuse-login.ts';

export interface ResolvedConfig {
  /** The sections, `params` by stage, and `tracking`: validated and defaulted. Folders that sources name are absolute. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Dotted key of each leaf to where its value came from. */
  readonly origins: Readonly<Record<string, ConfigOrigin>>;
  /** Absolute path of the config file. */
  readonly file: string;
  /** Absolute paths of the config file and of those it extends. */
  readonly files: readonly string[];
}

export interface LoadConfigOptions {
  /** Absolute path. */
  readonly file: string;
  /** Folders named in a file are relative to it. */
  readonly projectDir: string;
  /** Folders named with `-S` are relative to it. */
  readonly cwd: string;
  /** `key=value`, the later ones win. */
  readonly overrides: readonly string[];
  readonly pipeline: ConfigurablePipeline;
}

/**
 * Reads the config of a run: file, what it extends, then `-S`; unknown keys and values out of range are refused.
 * @throws SluiceError CONFIG_NOT_FOUND, CONFIG_SYNTAX, CONFIG_UNKNOWN_KEY, CONFIG_VALUE, USAGE; the first complaint, with the others in `data.others`
 */
export async function loadConfig(options: LoadConfigOptions): Promise<ResolvedConfig> {
  const schema = configSchema(options.pipeline);
  const read = readConfigFile(options.file);
  const places = new Map<string, KeyPlaces>(read.places);
  let given: Record<string, unknown> = { ...read.values };
  for (const text of options.overrides) {
    const override = parseOverride(text, schema);
    for (const key of replacedKeys(given, override.path)) places.set(key, override.places);
    given = applyOverride(given, override);
  }
  refuseLogin(given, places);
  const parsed = schema.safeParse(fillEmpty(given));
  if (!parsed.success) throw firstProblem(configProblems(parsed.error.issues, { schema, values: given, places, file: options.file }));
  const { version: _version, extends: _extends, pipeline: _pipeline, ...values } = parsed.data;
  return { values: absoluteFolders(values, places, options), origins: originsOf(values, places), file: options.file, files: read.files };
}

/** The key that an override sets, and those above it that held no map until then: their value is the flag's too. */
function replacedKeys(given: Readonly<Record<string, unknown>>, path: ConfigPath): readonly string[] {
  const keys: string[] = [];
  let inner: unknown = given;
  for (const [depth, part] of path.entries()) {
    inner = isRecord(inner) ? inner[part] : undefined;
    if (!isRecord(inner) || depth === path.length - 1) keys.push(dottedKey(path.slice(0, depth + 1)));
  }
  return keys;
}

/** A key with nothing below (`train:` and no more) is an empty map where a map belongs: at the top and under params. */
function fillEmpty(given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const fill = (values: Readonly<Record<string, unknown>>): Record<string, unknown> =>
    Object.fromEntries(Object.entries(values).map(([key, value]) => [key, value ?? {}]));
  const top = fill(given);
  return isRecord(top['params']) ? { ...top, params: fill(top['params']) } : top;
}

function absoluteFolders(
  values: Readonly<Record<string, unknown>>,
  places: ReadonlyMap<string, KeyPlaces>,
  options: LoadConfigOptions,
): Readonly<Record<string, unknown>> {
  return folderKeys(options.pipeline).reduce((result, key) => {
    const base = isFlag(places.get(key)) ? options.cwd : options.projectDir;
    return mapLeaf(result, key.split('.'), (value) => (typeof value === 'string' && !isAbsolute(value) ? resolve(base, value) : value));
  }, values);
}

function mapLeaf(
  values: Readonly<Record<string, unknown>>,
  [head = '', ...rest]: readonly string[],
  change: (value: unknown) => unknown,
): Readonly<Record<string, unknown>> {
  const inner = values[head];
  if (rest.length === 0) return head in values ? { ...values, [head]: change(inner) } : values;
  return isRecord(inner) ? { ...values, [head]: mapLeaf(inner, rest, change) } : values;
}

function isFlag(places: KeyPlaces | undefined): boolean {
  return places !== undefined && places.value.line === undefined;
}

function originsOf(
  values: Readonly<Record<string, unknown>>,
  places: ReadonlyMap<string, KeyPlaces>,
): Readonly<Record<string, ConfigOrigin>> {
  const origins: Record<string, ConfigOrigin> = {};
  const visit = (value: unknown, path: readonly string[]): void => {
    if (isRecord(value)) for (const [key, inner] of Object.entries(value)) visit(inner, [...path, key]);
    else origins[path.join('.')] = originOf(path, places);
  };
  visit(values, []);
  return origins;
}

/** A leaf of a map given whole with `-S` has no place of its own: its parent's holds. */
function originOf(path: readonly string[], places: ReadonlyMap<string, KeyPlaces>): ConfigOrigin {
  const found = places.get(path.join('.'));
  if (found === undefined) return path.length > 1 && isFlag(places.get(path.slice(0, -1).join('.'))) ? 'flag' : 'default';
  const { file, line, column } = found.value;
  return line === undefined ? 'flag' : { file, line, column: column ?? 1 };
}

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { closeMatch } from '../errors/close-match.ts';
import { SluiceError, type SourceLocation } from '../errors/sluice-error.ts';
import type { KeyPlaces } from './config-origin.ts';
import { deepMerge, isRecord } from './deep-merge.ts';
import { parseYaml } from './parse-yaml.ts';

export interface ConfigFile {
  readonly values: Readonly<Record<string, unknown>>;
  readonly places: ReadonlyMap<string, KeyPlaces>;
  /** Absolute paths of the file and of those it extends. */
  readonly files: readonly string[];
}

/**
 * Reads a config file and the files that it extends; maps are merged key by key, everything else is replaced.
 * @param file absolute path
 * @throws SluiceError CONFIG_NOT_FOUND, CONFIG_SYNTAX, CONFIG_VALUE (an `extends` that is no text or leads back to itself)
 */
export function readConfigFile(file: string, from?: SourceLocation, trail: readonly string[] = []): ConfigFile {
  const { value, places } = parseYaml(readText(file, from), file);
  const top = value ?? {};
  if (!isRecord(top)) {
    throw new SluiceError(
      'CONFIG_SYNTAX',
      `a config is a map of keys, but ${basename(file)} holds ${Array.isArray(top) ? 'a list' : JSON.stringify(top)}`,
      {
        at: { file, line: 1, column: 1 },
        hint: 'Write "key: value" lines; docs/reference/config.md lists the keys.',
      },
    );
  }
  const { extends: parent, ...own } = top;
  if (parent === undefined) return { values: own, places, files: [file] };
  const at = places.get('extends')?.value;
  if (typeof parent !== 'string')
    throw new SluiceError('CONFIG_VALUE', `extends is ${JSON.stringify(parent)}; allowed: the path of a config file`, {
      ...(at && { at }),
    });
  const parentFile = resolve(dirname(file), parent);
  if ([...trail, file].includes(parentFile)) {
    const circle = [...trail, file, parentFile].map((path) => basename(path)).join(' → ');
    throw new SluiceError('CONFIG_VALUE', `config files extend each other in a circle: ${circle}`, {
      ...(at && { at }),
      hint: 'Remove one of the extends lines.',
    });
  }
  const base = readConfigFile(parentFile, at, [...trail, file]);
  return { values: deepMerge(base.values, own), places: new Map([...base.places, ...places]), files: [file, ...base.files] };
}

function readText(file: string, at: SourceLocation | undefined): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const shown = relative(process.cwd(), file).startsWith('..') ? file : relative(process.cwd(), file);
    const reason =
      cause instanceof Error && 'code' in cause && cause.code !== 'ENOENT' ? `cannot be read (${String(cause.code)})` : 'does not exist';
    throw new SluiceError('CONFIG_NOT_FOUND', `config file ${shown} ${reason}${nearestFile(file)}`, {
      cause,
      ...(at && { at }),
      hint: 'Name a config file with -c, such as -c configs/home-credit.yaml.',
    });
  }
}

function nearestFile(file: string): string {
  const folder = dirname(file);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return '';
  const match = closeMatch(
    basename(file),
    readdirSync(folder).filter((name) => /\.ya?ml$/.test(name)),
  );
  return match === undefined ? '' : `. Did you mean "${relative(process.cwd(), join(folder, match))}"?`;
}

import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { z } from 'zod';
import { SluiceError } from '../errors/sluice-error.ts';
import { configProblems } from './config-problems.ts';
import { firstProblem } from '../errors/first-problem.ts';
import { isRecord } from './deep-merge.ts';
import { parseYaml } from './parse-yaml.ts';

/**
 * Reads a YAML file that a schema describes; complaints name file, line, column and the allowed values, as a config's do.
 * @param describedIn the page that explains the keys, for hints
 * @throws SluiceError CONFIG_NOT_FOUND, CONFIG_SYNTAX, CONFIG_UNKNOWN_KEY, CONFIG_VALUE; the first complaint, with the others in `data.others`
 */
export function readYamlAs<TSchema extends z.ZodObject>(file: string, schema: TSchema, describedIn: string): z.output<TSchema> {
  const { value, places } = parseYaml(readText(file), file);
  const values = value ?? {};
  if (!isRecord(values)) {
    throw new SluiceError(
      'CONFIG_SYNTAX',
      `${basename(file)} is a map of keys, but it holds ${Array.isArray(values) ? 'a list' : JSON.stringify(values)}`,
      {
        at: { file, line: 1, column: 1 },
        hint: `Write "key: value" lines; ${describedIn} describes the keys.`,
      },
    );
  }
  const parsed = schema.safeParse(values);
  if (!parsed.success) throw firstProblem(configProblems(parsed.error.issues, { schema, values, places, file, describedIn }));
  return parsed.data;
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new SluiceError('CONFIG_NOT_FOUND', `${file} cannot be read`, { cause, at: { file } });
  }
}

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { FITTED_FAMILIES, type FittedFamily } from './family-names.ts';

const FILE = 'state.json';
const schema = z.strictObject({ schema: z.literal('fitted-state/1'), families: z.array(z.enum(FITTED_FAMILIES)) });

/** Says which families the files in a state folder are of. */
export async function writeStateFamilies(stateDir: string, families: readonly FittedFamily[]): Promise<void> {
  const state: z.infer<typeof schema> = { schema: 'fitted-state/1', families: [...families] };
  await writeFile(join(stateDir, FILE), `${JSON.stringify(state)}\n`);
}

/** @throws ZodError for another schema than this one */
export async function readStateFamilies(stateDir: string): Promise<readonly FittedFamily[]> {
  return schema.parse(JSON.parse(await readFile(join(stateDir, FILE), 'utf8'))).families;
}

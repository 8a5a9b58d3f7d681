import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type DuckDb, openXgboost, SluiceError, sqlName } from '../../pipeline/index.ts';
import { FITTED_FOLDER } from '../champion/champion-files.ts';
import { openEncoders } from '../encode/encode-clients.ts';
import { encodeUnseen } from '../encode/encode-unseen.ts';
import type { FittedFamily } from '../encode/family-names.ts';
import { readStateFamilies } from '../encode/state-families.ts';
import { TABLE_NAMES, type TableName } from '../tables/table-names.ts';

/** Parquet files of the raw tables; null in a graph that has no such tables. */
export type RawFiles = Readonly<Record<TableName, { readonly path: string } | null>>;

export interface ChampionHoldoutOptions {
  /** The folder that the champion stage left. */
  readonly files: string;
  readonly raw: RawFiles;
  readonly threads: number;
  readonly projectDir: string;
}

/**
 * Makes the view `champion_holdout`: the holdout with fitted columns by the champion's own state, bit for bit what the champion's encode
 * would make of these clients. Of a champion without such a state, it is the holdout as it stands.
 * @returns the view's columns
 * @throws SluiceError MODEL_DAMAGED for a state that cannot be used
 */
export async function makeChampionHoldout(db: DuckDb, options: ChampionHoldoutOptions): Promise<Readonly<Record<string, string>>> {
  const stateDir = join(options.files, FITTED_FOLDER);
  if (existsSync(stateDir) && (await viewRaw(db, options.raw))) {
    await encodeHoldout(db, stateDir, options);
    const fitted = await columnsOf(db, 'fitted_columns');
    const others = Object.keys(await columnsOf(db, 'holdout')).filter((name) => name === 'SK_ID_CURR' || !Object.hasOwn(fitted, name));
    const kept = others.map((name) => `holdout.${sqlName(name)}`).join(', ');
    await db.run(
      `create or replace temp view champion_holdout as
        select ${kept}, fitted_columns.* exclude (SK_ID_CURR) from holdout join fitted_columns using (SK_ID_CURR)`,
    );
  } else {
    await db.run('create or replace temp view champion_holdout as from holdout');
  }
  return await columnsOf(db, 'champion_holdout');
}

async function encodeHoldout(db: DuckDb, stateDir: string, { threads, projectDir }: ChampionHoldoutOptions): Promise<void> {
  await db.run('create or replace temp view unseen as from holdout');
  const families = await familiesOf(stateDir);
  using encoder = await openEncoders({ db, xgboost: openXgboost({ projectDir, threads }), stateDir }, families);
  await encodeUnseen(db, { families, encoder });
}

/** Views of the rows of the holdout's clients alone; false where the graph has no raw tables. */
async function viewRaw(db: DuckDb, raw: RawFiles): Promise<boolean> {
  for (const name of TABLE_NAMES) {
    const path = raw[name]?.path;
    if (path === undefined) return false;
    await db.view(`all_${name}`, path);
    const [own, by] = name === 'bureau_balance' ? ['bureau', 'SK_ID_BUREAU'] : ['holdout', 'SK_ID_CURR'];
    await db.run(`create or replace temp view ${sqlName(name)} as from ${sqlName(`all_${name}`)} semi join ${own} using (${by})`);
  }
  return true;
}

async function familiesOf(stateDir: string): Promise<readonly FittedFamily[]> {
  try {
    return await readStateFamilies(stateDir);
  } catch (error) {
    throw new SluiceError(
      'MODEL_DAMAGED',
      `${join(stateDir, 'state.json')} of the champion is not a fitted state that this program knows`,
      {
        cause: error,
        hint: 'Another version of the program registered it. Move the alias champion to a version of this one, or judge with that one.',
      },
    );
  }
}

async function columnsOf(db: DuckDb, view: string): Promise<Readonly<Record<string, string>>> {
  const rows = await db.all<{ column_name: string; column_type: string }>(`describe ${sqlName(view)}`);
  return Object.fromEntries(rows.map(({ column_name: name, column_type: type }) => [name, type]));
}

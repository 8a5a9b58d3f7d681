import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { sqlString } from '../../../pipeline/index.ts';
import { type EncodeDb, type FittedFamilyWork, nothingToFree } from '../family-encoder.ts';
import { defaultRates } from '../neighbours/default-rates.ts';
import { NearestIndex } from '../neighbours/nearest-index.ts';
import { type Coordinates, DIMENSIONS, measureSpace, placePoints } from '../neighbours/space.ts';
import clientsSql from '../sql/neighbour_clients.sql';
import columnsSql from '../sql/neighbour_columns.sql';
import pointsSql from '../sql/neighbour_points.sql';

const POINTS = 'neighbours.parquet';
const SPACE = 'neighbours.json';

const axis = z.strictObject({ mean: z.number(), sd: z.number() });
const stateSchema = z.strictObject({
  neighbours: z.int(),
  space: z.strictObject({ ext_1: axis, ext_2: axis, ext_3: axis, term: axis }),
});
type State = z.infer<typeof stateSchema>;

/** Share of defaults among the labelled clients who are nearest in outside scores and term, those of the client's own fold left out. */
export const neighbours: FittedFamilyWork = {
  prepare: [],
  fit: async ({ db, stateDir, neighbours: count }) => {
    await db.copyToParquet(pointsSql, join(stateDir, POINTS));
    const space = measureSpace(coordinatesOf(await db.doubles(pointsSql)));
    await writeFile(join(stateDir, SPACE), JSON.stringify({ neighbours: count, space } satisfies State));
  },
  open: async ({ db, stateDir }) => {
    const state = stateSchema.parse(JSON.parse(await readFile(join(stateDir, SPACE), 'utf8')));
    const labelled = await db.doubles(`from read_parquet(${sqlString(join(stateDir, POINTS))})`);
    const index = new NearestIndex({
      dimensions: DIMENSIONS,
      values: placePoints(state.space, coordinatesOf(labelled)),
      labels: Uint8Array.from(column(labelled, 'TARGET')),
      folds: Int8Array.from(column(labelled, 'fold')),
    });
    return { encode: (db) => encodeNeighbours(db, index, state), ...nothingToFree };
  },
};

async function encodeNeighbours(db: EncodeDb, index: NearestIndex, { space, neighbours: count }: State): Promise<void> {
  const clients = await db.doubles(clientsSql);
  const points = placePoints(space, coordinatesOf(clients));
  await db.createTable('neighbour_rates', {
    SK_ID_CURR: { type: 'INTEGER', values: column(clients, 'SK_ID_CURR') },
    rate: { type: 'DOUBLE', values: defaultRates(index, { points, fold: column(clients, 'fold'), neighbours: count }) },
  });
  await db.run(columnsSql);
}

type Columns = Readonly<Record<string, Float64Array>>;

const column = (columns: Columns, name: string): Float64Array => columns[name] ?? new Float64Array(0);

const coordinatesOf = (columns: Columns): Coordinates => ({
  ext_1: column(columns, 'ext_1'),
  ext_2: column(columns, 'ext_2'),
  ext_3: column(columns, 'ext_3'),
  term: column(columns, 'term'),
});

import { readFile } from 'node:fs/promises';
import process from 'node:process';
import { describe, expect, test } from '@jest/globals';
import { lightgbmPath, xgboostPath } from '../../pipeline/index.ts';
import { jsonArtifact, runBody, tableArtifact } from '../../pipeline/testing/run-body.ts';
import calibrateRun from '../calibrate/run.ts';
import { calibrate } from '../calibrate/stage.ts';
import { split } from '../split/stage.ts';
import splitRun from '../split/run.ts';
import { TRAINERS } from './params.ts';
import run from './run.ts';
import { train } from './stage.ts';
import { catalogueEntry } from './testing/catalogue-entry.ts';

/**
 * The holdout is poisoned: its features give its labels away, and are beyond any bound. Whoever reads a row of it, for a
 * cut of bins, a mean or a round, makes another model of it.
 */
const projectDir = process.cwd();
const xgboost = (): boolean => xgboostPath({ projectDir }) !== null;
const libraries: Readonly<Record<string, () => boolean>> = {
  xgboost,
  forest: xgboost,
  lightgbm: () => lightgbmPath({ projectDir }) !== null,
};
const draw = (salt: number): string => `((hash(i * 31 + ${salt}) % 1000003)::double / 1000003)`;
const CLEAN = `select i::integer as SK_ID_CURR, (income - debt + 0.6 * luck < 0.1)::tinyint as TARGET, 'train' as part, income::float as income, debt::float as debt
  from (select i, ${draw(1)} as income, ${draw(2)} as debt, ${draw(3)} as luck from range(600) t(i))`;

/** Small and quick, each trainer its own. */
const SMALL = {
  rounds: 12,
  patience: 5,
  minChildWeight: 1,
  lambda: 1,
  colsample: 1,
  eta: 0.2,
  lightgbm: { minDataInLeaf: 5 },
  forest: { trees: 20, maxDepth: 3 },
  portable: { rounds: 10 },
  mlp: { hidden: [4], epochs: 3, batch: 128 },
};

async function runAll(table: string, trainer: (typeof TRAINERS)[number]) {
  const dealt = await runBody(split, splitRun, { inputs: { table } });
  const catalogue = await jsonArtifact(['income', 'debt'].map((name) => catalogueEntry(name)));
  const params = { ...SMALL, trainer };
  const trained = await runBody(train, run, { inputs: { development: dealt.outputs.development, catalogue }, params });
  const calibrated = await runBody(calibrate, calibrateRun, { inputs: { oof: trained.outputs.oof }, params: { bootstrap: 50 } });
  const { model, oof, metrics, summary } = trained.outputs;
  const { calibrator, decision } = calibrated.outputs;
  return { holdout: dealt.outputs.holdout, made: { model, oof, metrics, summary, calibrator, decision } };
}

describe('the holdout', () => {
  for (const trainer of TRAINERS) {
    const there = libraries[trainer] === undefined || libraries[trainer]();
    (there ? test : test.skip)(
      `may say what it likes: model, rounds, calibration and threshold of ${trainer} are the same to the byte${there ? '' : ' (skipped: its library is not here; run make setup)'}`,
      async () => {
        const clean = await tableArtifact(`${CLEAN} order by i`);
        const { holdout, made } = await runAll(clean, trainer);
        const poison = (column: string): string =>
          `case when SK_ID_CURR in (select SK_ID_CURR from read_parquet('${holdout}')) then 1e30 * (TARGET - 0.5) else ${column} end::float`;
        const poisoned = await runAll(
          await tableArtifact(
            `select * replace (${poison('income')} as income, ${poison('debt')} as debt) from (${CLEAN}) order by SK_ID_CURR`,
          ),
          trainer,
        );
        expect((await readFile(poisoned.holdout)).equals(await readFile(holdout))).toBe(false);
        for (const [name, path] of Object.entries(made)) {
          const again = Object.entries(poisoned.made).find(([other]) => other === name)?.[1] ?? '';
          expect({ name, same: (await readFile(again)).equals(await readFile(path)) }).toEqual({ name, same: true });
        }
      },
    );
  }

  test('reaches train and calibrate by no port: they are handed development rows and what is made of them', () => {
    const ports = [...Object.values(train.inputs), ...Object.values(calibrate.inputs)].map(({ stage, name }) => `${stage}.${name}`);
    expect(ports.filter((name) => /holdout|unseen|table|application/.test(name))).toEqual([]);
    expect(ports).toContain('train.oof');
  });
});

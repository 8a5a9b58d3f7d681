import { writeFile } from 'node:fs/promises';
import process from 'node:process';
import { type Arm, type ArmResult, compareArms } from './compare-arms.ts';
import { readBook } from './read-book.ts';

/** Compares the arms on the rows that the command line names, and writes figures (no rows) as a Markdown table and as JSON. */
export async function reportArms(title: string, arms: readonly Arm[]): Promise<void> {
  const [development, catalogue, out] = process.argv.slice(2);
  if (development === undefined || catalogue === undefined || out === undefined) {
    throw new Error(
      'usage: node scripts/run-ts.mjs experiments/NAME/measure.ts DEVELOPMENT.parquet CATALOGUE.json OUT (without extension)',
    );
  }
  const book = await readBook({ development, catalogue });
  const results = await compareArms(book, arms, {
    threads: 1,
    projectDir: process.cwd(),
    onArm: (name, seconds) => process.stderr.write(`${name}: ${seconds.toFixed(1)} s of CPU\n`),
  });
  await writeFile(`${out}.json`, `${JSON.stringify(results, null, 1)}\n`);
  await writeFile(`${out}.md`, `${markdown(title, results, book.target)}\n`);
}

function markdown(title: string, results: readonly ArmResult[], target: Float32Array): string {
  const defaults = target.reduce((sum, value) => sum + value, 0);
  const range = ({ value, lo, hi }: ArmResult['auc'], digits: number): string =>
    `${value.toFixed(digits)} (${lo.toFixed(digits)} to ${hi.toFixed(digits)})`;
  const triple = ({ raw, corrected, calibrated }: ArmResult['logLoss'], digits: number): string =>
    [raw, corrected, calibrated].map((value) => value.toFixed(digits)).join(' / ');
  return [
    `# ${title}`,
    '',
    `${target.length} rows, ${defaults} defaults; means over three deals of five folds, out of fold; 95 % intervals from 400 stratified resamples.`,
    'Cost per applicant: 10 for a default granted, 1 for a good loan refused, refusing from 1/11 on. Three figures: raw / odds factor taken off / calibrated (Platt) on the other folds.',
    '',
    '| | AUC | cost, calibrated | cost, raw | cost, factor off | calibration error | log-loss |',
    '|---|---|---|---|---|---|---|',
    ...results.map(
      ({ arm, auc, cost, calibrationError, logLoss }) =>
        `| ${arm} | ${range(auc, 4)} | ${range(cost.calibrated, 3)} | ${cost.raw.value.toFixed(3)} | ${cost.corrected.value.toFixed(3)} | ${triple(calibrationError, 3)} | ${triple(logLoss, 4)} |`,
    ),
    '',
    `Against ${results[0]?.arm ?? ''}, on the same resamples:`,
    '',
    '| | AUC | cost, calibrated |',
    '|---|---|---|',
    ...results.slice(1).map(({ arm, against }) => `| ${arm} | ${range(against.auc, 4)} | ${range(against.calibratedCost, 3)} |`),
  ].join('\n');
}

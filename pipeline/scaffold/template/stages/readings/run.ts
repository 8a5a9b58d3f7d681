import { readFile } from 'node:fs/promises';
import { SluiceError, type StageBody } from 'sluice';
import type { z } from 'zod';
import { type reading, type readings } from './stage.ts';

type Reading = z.output<typeof reading>;

const run: StageBody<typeof readings> = async ({ inputs, outputs, log }) => {
  const rows: Reading[] = [];
  for (const [name, path] of Object.entries(inputs.files.files)) rows.push(...parse(await readFile(path, 'utf8'), name));
  rows.sort((a, b) => a.day.localeCompare(b.day));
  log.info(`${rows.length} days`);
  await outputs.rows.write(rows);
};
export default run;

function parse(text: string, file: string): readonly Reading[] {
  const [, ...lines] = text.trimEnd().split('\n');
  return lines.map((line, index) => {
    const [day = '', celsius, kwh] = line.split(',');
    const row = { day, celsius: Number(celsius), kwh: Number(kwh) };
    if (Number.isNaN(row.celsius) || Number.isNaN(row.kwh) || row.kwh < 0) {
      throw new SluiceError('DATA_BAD_VALUE', `"${line}" is not day,celsius,kwh`, {
        at: { file, line: index + 2 },
        hint: 'Correct the row.',
      });
    }
    return row;
  });
}

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A made-up table: a key, a number, an ordinal, a category, a prohibited column; every third row bad, more of them where points are few. */
export function tinyCsv(): string {
  const rows = Array.from({ length: 400 }, (_, i) => {
    const bad = (i * 7) % 3 === 0;
    const points = ((i * 37) % 100) - (bad ? 25 : 0);
    return [
      `c${i % 2 === 0 ? 'a' : 'b'}`,
      1000 - i,
      points,
      ['low', 'mid', 'high'][Math.floor(i / 3) % 3],
      i % 5 === 0 ? 'f' : 'm',
      bad ? 'late' : 'paid',
    ].join(';');
  });
  return ['note', 'town;no;points;grade;sex;end', ...rows].join('\n').replaceAll(';', ',');
}

export const tinyConfig = (dir: string): string => `pipeline: stages/tabular/index.ts
source: { dir: ${JSON.stringify(dir)} }
contract: { file: ${JSON.stringify(join(dir, 'contract.yaml'))} }
gate: { file: ${JSON.stringify(join(dir, 'gates.yaml'))} }
dataset:
  name: Tiny
  file: tiny.csv
  headerLine: 2
  key: no
  target: { column: end, bad: late, good: paid }
  columns:
    points: { kind: number, en: Points, fr: Points, concept: score, direction: lowers, changeable: true }
    grade: { kind: ordinal, levels: [low, mid, high], en: Grade, fr: Note, concept: score }
    town: { kind: category, levels: [ca, cb], en: Town, fr: Ville, concept: place, changeable: true }
    sex: { kind: category, levels: [f, m], labels: { f: female, m: male }, en: Sex, fr: Sexe, concept: person, prohibited: true }
  groups:
    sex: { column: sex }
    points: { column: points, bands: [0, 50] }
params:
  split: { folds: 2 }
  train: { rounds: 10, minChildWeight: 1 }
  calibrate: { bootstrap: 50 }
  evaluate: { bootstrap: 50, shapRows: 20 }
  champion: { modelName: tiny }
  register: { modelName: tiny }
tracking: { experiment: tiny }
`;
const tinyContract = `version: 1
label: { table: application_train, column: TARGET }
tables:
  application_train:
    ids: [SK_ID_CURR]
    key: [SK_ID_CURR]
    columns:
      SK_ID_CURR: { type: INTEGER, min: 1 }
      points: { type: DOUBLE, min: -25 }
      grade: { type: VARCHAR, levels: [low, mid, high] }
`;

/** What there is of two models of 320 rows can be told of no champion: these let any sound one pass. */
const tinyGate = `version: 1
rules:
  - { rule: auc, metric: auc, direction: at least, limit: 0.55, why: It ranks better than a coin. }
  - { rule: champion_auc, metric: auc, against: champion, direction: at least, limit: -0.5, why: It is compared with the champion. }
`;

/** tiny.csv, tiny.yaml for the single-table graph, and the contract and the gate that it names. */
export async function writeTinyTable(dir: string): Promise<void> {
  await writeFile(join(dir, 'tiny.csv'), tinyCsv());
  await writeFile(join(dir, 'tiny.yaml'), tinyConfig(dir));
  await writeFile(join(dir, 'contract.yaml'), tinyContract);
  await writeFile(join(dir, 'gates.yaml'), tinyGate);
}

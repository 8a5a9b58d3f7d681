import { writeFile, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { tableArtifact } from '../../pipeline/testing/run-body.ts';
import { runCommand } from './testing/run-command.ts';

/** 200 for the figure in docs/reference/drift.md; few here, since each costs half a second of processor. */
const RUNS = Number(process.env['SLUICE_NO_CHANGE_RUNS'] ?? 2);
/** Of 200 runs at most one per cent may act; of a few, none does but by ill luck. */
const MOST = Math.max(1, Math.floor(RUNS / 100));

/**
 * Twelve columns of every kind, a score and outcomes that follow it; each seed is another sample of the same population. The seed goes into the number that is hashed: as a
 * second argument DuckDB only turns bits over by it, and all samples are mirror images of one.
 */
function sample(rows: number, seed: number): string {
  const u = (column: number): string => `((hash(${seed + 1} * 1000000 + i * 64 + ${column}) >> 11)::double / 9007199254740992.0)`;
  const normal = (column: number): string => `(sqrt(-2 * ln(${u(column)} + 1e-12)) * cos(6.283185307179586 * ${u(column + 20)}))`;
  const columns = [
    ...[1, 2, 3, 4].map((at) => `${normal(at)} as normal_${at}`),
    ...[5, 6].map((at) => `exp(${normal(at)}) as lognormal_${at}`),
    `case when ${u(7)} < 0.5 then ${normal(8)} end as half_missing`,
    `(${u(9)} < 0.1)::integer as flag`,
    `floor(-ln(${u(10)} + 1e-12) * 3)::integer as count_of`,
    ...[11, 12].map((at) => `'level ' || floor(${u(at)} * ${u(at)} * ${at === 11 ? 5 : 58})::integer as level_${at}`),
    `0.3 * ${u(13)} * ${u(14)} as p`,
    `(${u(15)} < 0.3 * ${u(13)} * ${u(14)})::tinyint as TARGET`,
  ];
  return `select i::integer as SK_ID_CURR, ${columns.join(', ')} from range(${rows}) t(i) order by i`;
}

test(`${RUNS} pairs of samples of one population: at most ${MOST} act`, async () => {
  const policy = join(await mkdtemp(join(tmpdir(), 'sluice-no-change-')), 'policy.yaml');
  await writeFile(policy, 'threshold: 0.1\n');
  const acted: string[] = [];
  const watched: string[] = [];
  // The classifier of all columns never acts by itself: many runs go without it.
  for (let run = 0; run < RUNS; run++) {
    const [reference, current] = [await tableArtifact(sample(1500, 2 * run)), await tableArtifact(sample(900, 2 * run + 1))];
    const { code, result } = await runCommand({ reference, current, score: 'p', policy, ...(RUNS >= 100 ? { 'columns-only': true } : {}) });
    const failed = result.decision?.findings.filter(({ level }) => level !== 'ok').map(({ rule }) => rule) ?? [];
    if (code !== 0) acted.push(`${run}: ${failed.join(', ')}`);
    else if (failed.length > 0) watched.push(`${run}: ${failed.join(', ')}`);
  }
  if (RUNS >= 100)
    process.stderr.write(`of ${RUNS} no-change runs ${acted.length} acted, ${watched.length} watched\n${watched.join('\n')}\n`);
  expect(acted.length <= MOST ? [] : acted).toEqual([]);
}, 3_600_000);

import { writeFile } from 'node:fs/promises';
import { DuckDb, type StageBody } from '../../pipeline/index.ts';
import { readJudgedRows } from '../assess/judged-rows.ts';
import { costsOf } from '../metrics/cost.ts';
import { applyWaivers, rejects } from './apply-waivers.ts';
import { compareRows } from './comparison.ts';
import { readClientGroups } from './read-client-groups.ts';
import { judgeRule } from './rules/judge-rule.ts';
import { checkSlices, withLimits } from './rules/prepare-rules.ts';
import { readGateFile } from './rules/rule-file.ts';
import { scoreChampion } from './score-champion.ts';
import type { gate, Verdict } from './stage.ts';
import { outcome, verdictMarkdown } from './verdict-markdown.ts';

const run: StageBody<typeof gate> = async ({ inputs, params, outputs, threads, memoryMb, tempDir, run: work, log }) => {
  const file = readGateFile(inputs.rules);
  const [evaluation, decision, status] = await Promise.all([inputs.evaluation.read(), inputs.decision.read(), inputs.champion.read()]);
  const [assessment, waivers] = await Promise.all([inputs.assessment.read(), inputs.waivers.read()]);
  using db = await DuckDb.open({ threads, memoryMb, tempDir });
  await db.view('predictions', inputs.predictions.path);
  await db.view('holdout', inputs.holdout.path);
  await db.view('client_groups', inputs.groups.path);
  const rows = await readJudgedRows(db);
  const groups = await readClientGroups(db, Object.keys(inputs.groups.columns));
  const rules = withLimits(file.rules, params);
  checkSlices(file, Object.keys(groups));
  const costs = costsOf(decision);
  const options = { costs, payoffs: assessment.profit.payoffs, replicates: params.bootstrap, seed: params.seed };
  const champion = await scoreChampion(db, rows, status, {
    files: inputs.championFiles.path,
    raw: inputs,
    levels: new Map((await inputs.catalogue.read()).flatMap(({ name, levels }) => (levels === undefined ? [] : [[name, levels] as const]))),
    threads,
    projectDir: work.projectDir,
  });

  const evidence = { evaluation, rows, groups, breaches: assessment.fairness.breaches, champion: champion.rows, options };
  const judged = rules
    .filter(({ against }) => against === undefined || champion.rows !== null)
    .flatMap((rule) => judgeRule(rule, evidence));
  const results = applyWaivers(champion.instead === null ? judged : [...judged, champion.instead], waivers);
  const verdict: Verdict = {
    verdict: results.some(rejects) ? 'rejected' : 'passed',
    against: champion.against,
    rules: results,
    ...(waivers.length === 0 ? {} : { waivers }),
  };
  const comparison = champion.rows === null ? null : compareRows(champion.against, { challenger: rows, champion: champion.rows }, options);
  await outputs.verdict.write(verdict);
  await outputs.comparison.write(comparison);
  await writeFile(outputs.verdictText.path, verdictMarkdown(verdict, comparison));
  // The rules of a rejected model are printed with its verdict; of one that passed nobody would hear.
  for (const result of results) {
    if (!result.passed) log[verdict.verdict === 'passed' ? 'warn' : 'info'](`rule ${result.rule} ${outcome(result)}: ${result.reason}`);
  }
  return {
    verdict: verdict.verdict,
    rules: results.map(({ rule, passed, value, limit, reason }) => ({ rule, passed, value, limit, reason })),
  };
};

export default run;

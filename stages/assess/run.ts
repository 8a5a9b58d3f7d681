import { DuckDb, type StageBody } from '../../pipeline/index.ts';
import { assessRows } from './assess-rows.ts';
import type { Decision } from '../calibrate/stage.ts';
import { costsOf } from '../metrics/cost.ts';
import { type Jurisdiction, readJurisdiction } from './fairness/jurisdiction.ts';
import { compareDecisions, type ProhibitedDecisions, readBothDecisions } from './fairness/prohibited-decisions.ts';
import { readGroups } from './groups/read-groups.ts';
import { writeGroups } from './groups/write-groups.ts';
import { readJudgedRows } from './judged-rows.ts';
import { logAssessment } from './log-assessment.ts';
import { assessmentPage } from './page/assessment-page.ts';
import type { assess } from './stage.ts';
import { readTimeProxy } from './time-bands.ts';
import { readLoans } from './worth/read-loans.ts';

const run: StageBody<typeof assess> = async (context) => {
  const { inputs, params, config, outputs, threads, memoryMb, tempDir, log, progress } = context;
  const jurisdiction = readJurisdiction(inputs.profiles, config.jurisdiction.profile);
  const [decision, economics, trainMetrics] = await Promise.all([
    inputs.decision.read(),
    inputs.economics.read(),
    inputs.trainMetrics.read(),
  ]);
  using db = await DuckDb.open({ threads, memoryMb: memoryMb / 2, tempDir });
  for (const name of ['predictions', 'applications', 'bureau', 'previous'] as const) await db.view(name, inputs[name].path);
  await db.view('holdout', inputs.predictions.path);
  const rows = await readJudgedRows(db);
  const columns = Object.keys(inputs.applications.columns);
  const groups = await readGroups(db, columns);
  await writeGroups(db, outputs.groups.path, rows.id, groups);
  const prohibited = await prohibitedOf(context, { db, columns, decision, jurisdiction });
  const assessment = assessRows(rows, {
    groups,
    loans: await readLoans(db, columns, params.interestRate),
    timeProxy: await readTimeProxy(db, Object.keys(inputs.bureau.columns)),
    decision,
    economics,
    jurisdiction,
    trainMetrics,
    prohibited,
    params,
    onReplicate: (done) => progress(done, params.bootstrap, 'intervals by group'),
  });
  await outputs.assessment.write(assessment);
  logAssessment(outputs.metrics, assessment);
  await outputs.page.write(assessmentPage(assessment, economics));
  for (const { attribute, belowLimit, adverseImpactRatio, lowest, highest } of assessment.fairness.attributes) {
    if (belowLimit !== 'surely' || adverseImpactRatio === null) continue;
    log.warn(
      `${attribute}: "${lowest}" is approved ${adverseImpactRatio.value.toFixed(2)} times as often as "${highest}" (95% ${adverseImpactRatio.lo.toFixed(2)} to ${adverseImpactRatio.hi.toFixed(2)}), below the ${assessment.fairness.minImpactRatio} of profile "${assessment.fairness.profile}"${assessment.fairness.binding ? '' : ', which does not bind'}`,
    );
  }
  log.info(
    `H-measure ${assessment.ranking.hMeasure.value.toFixed(4)}, profit per applicant ${assessment.profit.perApplicant.value.toFixed(4)}`,
    {
      highlights: [{ label: 'Worth and fairness', port: 'page' }],
    },
  );
};
export default run;

interface ProhibitedParts {
  readonly db: DuckDb;
  readonly columns: readonly string[];
  readonly decision: Decision;
  readonly jurisdiction: Jurisdiction;
}

async function prohibitedOf(
  { inputs, params }: Parameters<StageBody<typeof assess>>[0],
  { db, columns, decision, jurisdiction }: ProhibitedParts,
): Promise<ProhibitedDecisions | null> {
  const paths = { oof: inputs.oof.path, oofWithProhibited: inputs.oofWithProhibited.path };
  const both = await readBothDecisions(db, paths, decision.threshold);
  if (both === null) return null;
  // The groups of these clients, instead of the holdout's.
  await db.view('holdout', paths.oof);
  const costs = costsOf(decision);
  const resampling = { replicates: params.bootstrap, seed: params.seed };
  return compareDecisions(both, { groups: await readGroups(db, columns), jurisdiction, costs, ...resampling });
}

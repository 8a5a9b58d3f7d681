import { type DuckDb, type FloatMatrix, SluiceError } from '../../../../pipeline/index.ts';
import { type Calibrator, calibratorSchema, type Decision, decisionSchema } from '../../../calibrate/stage.ts';
import { applyCalibrator } from '../../../calibrate/apply-calibrator.ts';
import { catalogueSchema } from '../../../features/catalogue.ts';
import type { FittedModel } from '../../../scoring/model/fitted-model.ts';
import { loadFittedModel } from '../../../scoring/model/load-fitted-model.ts';
import { missingFeatures, type Scores } from '../../../scoring/score-rows.ts';
import { modelSummary } from '../../../train/stage.ts';
import { compareScores } from '../../compare-scores.ts';
import {
  estimateByLikeness,
  estimateOutcome,
  estimatePlainly,
  type OutcomeToEstimate,
  wholeEstimate,
} from '../../outlook/estimate-outcome.ts';
import { explainAgainst, explainParts, type FeatureFacts, featureLevels, type KeptReference } from '../../outlook/explain-parts.ts';
import { scorePart } from '../../outlook/score-part.ts';
import { tellAgainst, toldApart } from '../../outlook/tell-apart.ts';
import { componentsOf } from '../../profile/components-of.ts';
import { type ProfileSummary, readSummary } from '../../profile/profile-summary.ts';
import { profiledLabelled, profiledScores } from '../../profile/read-profile.ts';
import { realisedPerformance } from '../../realised/realised-performance.ts';
import { CURRENT_ROWS, REFERENCE_ROWS } from '../../scan/scan-column.ts';
import { likenessJudge } from './likeness-judge.ts';
import { labelledByModel } from './labelled-by-model.ts';
import { targetColumn } from './labels.ts';
import { type ModelFiles, modelFiles, readModelJson } from './model-files.ts';
import { readTargets } from './read-targets.ts';
import type { ScoreOptions } from './score-parts.ts';
import { type ScoredSegments, scoreSegments } from './score-segments.ts';
import { nothingToScore, notScored, type ScoredParts, type Scoring } from './scored-parts.ts';

const UNEXPLAINED = 'the profile holds no contributions of this model';
const NO_ROWS = 'a profile holds no rows to tell apart';

interface LoadedModel {
  readonly files: ModelFiles;
  readonly model: FittedModel;
  readonly calibrator: Calibrator;
  readonly decision: Decision;
  readonly facts: FeatureFacts;
}

/** Some rows of each part. */
interface Matrices {
  readonly reference: FloatMatrix;
  readonly current: FloatMatrix;
}

/** Both parts are tables of the model's features: scored, explained, told apart, and where outcomes are known, costed. */
export async function scoreWithModel(db: DuckDb, name: string, options: ScoreOptions): Promise<Scoring> {
  const { context, parts } = options;
  const files = await modelFiles(name, context);
  const [summary, calibrator, decision] = await Promise.all([
    readModelJson(files.summary, modelSummary),
    readModelJson(files.calibrator, calibratorSchema),
    readModelJson(files.decision, decisionSchema),
  ]);
  const needed = [...summary.features, 'SK_ID_CURR'];
  const [first] = parts.reference.form === 'profile' ? [] : missingFeatures(needed, parts.reference.columns);
  if (first !== undefined)
    throw new SluiceError('USAGE', `--model: ${parts.reference.name} has no column "${first}", which the model needs`, {
      hint: 'Give tables of features, such as $(sluice path encode.unseen), or leave --model out.',
    });
  const catalogue = files.catalogue === null ? [] : await readModelJson(files.catalogue, catalogueSchema);
  const categories = Object.fromEntries(
    Object.entries(summary.categories ?? {}).map(([name, levels]) => [name, levels.map(({ level }) => level)]),
  );
  const known = { modelSha256: files.sha256, threshold: decision.threshold };
  const not = (reason: string): Scoring => ({ ...nothingToScore(reason, known), categories });
  const [absent] = missingFeatures(needed, parts.current.columns);
  if (absent !== undefined)
    return {
      ...not(`${parts.current.name} has no column ${absent}, which the model needs`),
      absent: missingFeatures(needed, parts.current.columns),
    };
  if (Math.min(parts.current.rows, parts.reference.rows) === 0) return not('one of the two parts has no rows');
  const score = async (columns: Promise<unknown>): Promise<ScoredParts> => {
    using model = await loadFittedModel(files.model, { summary, sha256: files.sha256, threads: 2, projectDir: context.projectDir });
    const facts = { catalogue, levels: featureLevels(catalogue, summary.categories) };
    const loaded: LoadedModel = { files, model, calibrator, decision, facts };
    const scored =
      parts.reference.form === 'profile'
        ? await againstProfile(db, loaded, options)
        : await againstRows(db, loaded, { ...options, columns });
    return { ...scored, ...known };
  };
  return { columns: [], categories, score };
}

async function againstRows(
  db: DuckDb,
  loaded: LoadedModel,
  { columns, ...options }: ScoreOptions & { readonly columns: Promise<unknown> },
): Promise<ScoredParts> {
  const { files, model, calibrator, decision, facts } = loaded;
  const { parts } = options;
  const { signal } = options.context.io;
  const target = targetColumn(options);
  await using likeness = await likenessJudge(options, columns);
  // The larger part last: what else is to be read has been by then, and when it is scored likeness can be judged at once.
  const current = await scorePart(db, CURRENT_ROWS, { model, calibrator });
  const after = current.scores;
  const targets = await readTargets(db, CURRENT_ROWS, parts.current, target);
  const labelledBy = await labelledByModel(db, { part: parts.reference, target, oof: files.oof });
  const reference = await scorePart(db, REFERENCE_ROWS, { model, calibrator });
  const before = reference.scores;
  const labelled = labelledBy(before.probability);
  const matrices: Matrices = { reference: reference.some, current: current.some };
  signal.throwIfAborted();
  const outcome = labelled.rows === null ? null : outcomeOf({ calibrator, decision }, labelled.rows, after);
  // What needs no answer of the classifier comes before it is asked for: it may be at work in another thread.
  const categorical = new Set(facts.levels.keys());
  const judged = likeness.judge({ ...matrices, rows: reference.rows, categorical, outcome, at: labelled.at });
  const { shift, importance, important, kept } = explainParts(model, matrices, facts);
  const plainly = outcome === null ? null : estimatePlainly(outcome);
  const grouped = await segmentsOf(db, loaded, options, { reference: before.probability, current: after.probability });
  signal.throwIfAborted();
  const told = toldApart({ ...matrices, important });
  const score = compareScores(before, after, decision.threshold);
  const realised =
    outcome === null
      ? null
      : realisedPerformance({ ...outcome, probability: after.probability, target: targets, entry: options.entry, estimate: plainly });
  const alike = await judged();
  const apart = alike === null ? null : told(alike.domain);
  const estimate = outcome === null || plainly === null ? null : wholeEstimate(plainly, alike?.estimate ?? estimateByLikeness(outcome));
  return {
    ...notScored(''),
    score,
    segments: grouped.segments,
    shift,
    importance,
    joint: apart?.joint ?? null,
    estimate,
    realised,
    unknown: {
      ...(grouped.reason === undefined ? {} : { segments: grouped.reason }),
      ...(estimate === null ? { estimate: labelled.reason ?? 'too few outcomes, or all alike' } : {}),
      ...(shift === null ? { shift: 'the model has no exact contributions', importance: 'the model has no exact contributions' } : {}),
    },
    reference: {
      probability: before.probability,
      labelled: labelled.rows,
      segments: grouped.rows,
      summary: { modelSha256: files.sha256, kept: keptOf(kept), components: componentsOf(apart) },
    },
  };
}

/** What a profile holds of the scores: enough for their drift and for the estimate, not for what needs the features of each row. */
async function againstProfile(db: DuckDb, loaded: LoadedModel, options: ScoreOptions): Promise<ScoredParts> {
  const { files, model, calibrator, decision, facts } = loaded;
  const { scores: after, some: features } = await scorePart(db, CURRENT_ROWS, { model, calibrator });
  const probability = await profiledScores(db);
  if (probability.length === 0) return notScored('the profile holds no scores');
  const labelled = await profiledLabelled(db);
  const outcome = labelled === null ? null : outcomeOf({ calibrator, decision }, labelled, after);
  const estimate = outcome === null ? null : estimateOutcome(outcome);
  const targets = await readTargets(db, CURRENT_ROWS, options.parts.current, targetColumn(options));
  const summary = await readSummary(db);
  const kept = summary !== null && summary.modelSha256 === files.sha256 ? summary.kept : null;
  const explained = kept === null ? null : explainAgainst(model, kept, { current: features, catalogue: facts.catalogue });
  const grouped = await segmentsOf(db, loaded, options, { reference: probability, current: after.probability });
  return {
    ...notScored(''),
    score: compareScores({ probability, calibrated: applyCalibrator(calibrator, probability) }, after, decision.threshold),
    estimate,
    segments: grouped.segments,
    shift: explained?.shift ?? null,
    importance: explained?.importance ?? null,
    joint: summary?.components ? tellAgainst(summary.components.fitted, summary.components.rows, features) : null,
    realised:
      outcome === null
        ? null
        : realisedPerformance({ ...outcome, probability: after.probability, target: targets, entry: options.entry, estimate }),
    unknown: {
      ...(estimate === null ? { estimate: 'the profile holds no outcomes' } : {}),
      ...(grouped.reason === undefined ? {} : { segments: grouped.reason }),
      ...(explained === null ? { shift: UNEXPLAINED, importance: UNEXPLAINED } : {}),
      ...(summary?.components ? { domain: NO_ROWS } : { joint: NO_ROWS }),
    },
    reference: { probability, labelled, segments: grouped.rows },
  };
}

/** Plain arrays, as JSON has them. */
function keptOf(kept: KeptReference | null): ProfileSummary['kept'] {
  if (kept === null) return null;
  const { shift, bins } = kept;
  return {
    shift: { ...shift, concepts: [...shift.concepts], features: [...shift.features] },
    bins:
      bins === null
        ? null
        : {
            total: bins.total,
            features: bins.features.map((own) => ({ ...own, edges: [...own.edges], counts: [...own.counts] })),
          },
  };
}

function segmentsOf(
  db: DuckDb,
  { calibrator, decision }: LoadedModel,
  options: ScoreOptions,
  probability: { readonly reference: ArrayLike<number>; readonly current: ArrayLike<number> },
): Promise<ScoredSegments> {
  const calibrated = (of: ArrayLike<number>): Float64Array => applyCalibrator(calibrator, of);
  return scoreSegments(db, options, { ...probability, order: 'SK_ID_CURR', calibrated, threshold: decision.threshold });
}

function outcomeOf(
  { calibrator, decision }: Pick<LoadedModel, 'calibrator' | 'decision'>,
  labelled: OutcomeToEstimate['labelled'],
  after: Pick<Scores, 'probability'>,
): OutcomeToEstimate {
  const costs = { falseNegative: decision.costFalseNegative, falsePositive: decision.costFalsePositive };
  return { labelled, current: after.probability, calibrator, threshold: decision.threshold, costs };
}

import { type CommandContext, type DuckDb, SluiceError } from '../../../../pipeline/index.ts';
import type { HistoryEntry } from '../../history-schema.ts';
import type { OpenedParts } from '../open-part.ts';
import type { DriftPolicy } from '../policy.ts';
import { targetColumn } from './labels.ts';
import { requireOutcomes } from './require-outcomes.ts';
import { scoreColumn } from './score-column.ts';
import { scoreWithModel } from './score-with-model.ts';
import { nothingToScore, type Scoring } from './scored-parts.ts';

export interface ScoreOptions {
  readonly context: CommandContext;
  readonly parts: OpenedParts;
  readonly policy: DriftPolicy;
  /** That this process may use. */
  readonly processors: number;
  /** What the history said of this batch when it came first. */
  readonly entry: HistoryEntry | null;
}

/** How scores are had: from a column that holds them, from a model, or not at all. @throws SluiceError USAGE, ARTIFACT_MISSING, MODEL_DAMAGED, DATA_BAD_VALUE */
export async function scoreParts(db: DuckDb, options: ScoreOptions): Promise<Scoring> {
  const { args } = options.context;
  const [column, model] = [args.text('score'), args.text('model')];
  if (column !== undefined && model !== undefined)
    throw new SluiceError('USAGE', '--score and --model cannot both be given', {
      hint: 'Keep --score where the files hold the score, --model where they hold its features.',
    });
  if (column !== undefined || model !== undefined) await requireOutcomes(db, options.parts, targetColumn(options));
  if (column !== undefined) return scoreColumn(db, column, options);
  if (model !== undefined) return scoreWithModel(db, model, options);
  return nothingToScore('neither --score nor --model was given');
}

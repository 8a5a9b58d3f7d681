import type { DuckDb, FloatMatrix } from '../../pipeline/index.ts';
import { exactContributions, rowOf } from '../../stages/explanations/contributions.ts';
import { MOST_REASONS } from '../../stages/explanations/reasons.ts';
import { selectRows } from '../../stages/explanations/sample-rows.ts';
import type { Champion } from '../../stages/gate/load-champion.ts';
import { scoreRows } from '../../stages/scoring/score-rows.ts';
import type { ScoreWords } from '../scorer/answers/score-words.ts';
import { canonicalRow, featureDigest } from '../scorer/feature-digest.ts';

export interface PartScorer {
  readonly champion: Champion;
  readonly words: ScoreWords;
  readonly version: string;
  readonly reasons: boolean;
}

/** Scores some rows into the table `scores`, a row an applicant. */
export async function scorePart(
  db: DuckDb,
  { champion, words, version, reasons }: PartScorer,
  { ids, matrix }: { readonly ids: Int32Array; readonly matrix: FloatMatrix },
): Promise<void> {
  const { margin, calibrated } = scoreRows(champion.model, matrix, champion.calibrator);
  const refused = Array.from(calibrated, (probability) => words.refuses(probability));
  const width = matrix.columns.length;
  const text = (values: readonly (string | null)[]) => ({ type: 'VARCHAR' as const, values });
  const double = (of: (probability: number) => number) => ({ type: 'DOUBLE' as const, values: Float64Array.from(calibrated, of) });
  const codes = reasons ? reasonCodes({ champion, words }, matrix, refused) : [];
  await db.createTable('scores', {
    SK_ID_CURR: { type: 'INTEGER', values: ids },
    probability_of_default: double((probability) => probability),
    decision: text(refused.map((refuses) => (refuses ? 'refuse' : 'grant'))),
    expected_cost_grant: double((probability) => words.expectedCost(probability).grant),
    expected_cost_refuse: double((probability) => words.expectedCost(probability).refuse),
    // Of 32 bits, written as the API's JSON does: the same digits in a CSV.
    log_odds: { type: 'DOUBLE', values: Float64Array.from(margin) },
    ...Object.fromEntries(codes.map((values, rank) => [`reason_${rank + 1}`, text(values)])),
    feature_digest: text(Array.from(ids, (_, row) => featureDigest(canonicalRow(matrix.data.subarray(row * width, (row + 1) * width))))),
    model_version: text(Array.from(ids, () => version)),
  });
}

/** By rank, then by row; null where a refusal has fewer reasons, and for a grant. */
function reasonCodes(
  { champion, words }: Pick<PartScorer, 'champion' | 'words'>,
  matrix: FloatMatrix,
  refused: readonly boolean[],
): readonly (readonly (string | null)[])[] {
  const rows = [...refused.keys()].filter((row) => refused[row]);
  const codes = new Map<number, readonly string[]>();
  if (champion.model.explainer.kind === 'exact' && rows.length > 0) {
    const contributions = exactContributions(champion.model, selectRows(matrix, rows));
    rows.forEach((row, at) =>
      codes.set(
        row,
        words.reasons(rowOf(contributions, at)).map(({ code }) => code),
      ),
    );
  }
  return Array.from({ length: MOST_REASONS }, (_, rank) => refused.map((_refuses, row) => codes.get(row)?.[rank] ?? null));
}

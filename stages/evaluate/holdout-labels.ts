import { SluiceError, type DuckDb } from '../../pipeline/index.ts';

export interface HoldoutLabels {
  /** Ascending. */
  readonly id: Float64Array;
  readonly target: Uint8Array;
}

/**
 * Keys and labels of a view named holdout, by SK_ID_CURR.
 * @throws SluiceError DATA_ONE_CLASS or DATA_TOO_SMALL where no AUC with an interval exists
 */
export async function readHoldoutLabels(db: DuckDb): Promise<HoldoutLabels> {
  const id = await db.column('select SK_ID_CURR from holdout order by SK_ID_CURR');
  const target = Uint8Array.from(await db.column('select TARGET from holdout order by SK_ID_CURR'));
  const positives = target.reduce((sum, value) => sum + value, 0);
  const fewest = Math.min(positives, target.length - positives);
  if (fewest >= 2) return { id, target };
  const which = positives < 2 ? `${positives} defaulted` : `${target.length - positives} were repaid`;
  throw new SluiceError(
    fewest === 0 ? 'DATA_ONE_CLASS' : 'DATA_TOO_SMALL',
    `of ${target.length} holdout rows ${which}; judging a model takes two of each kind`,
    {
      hint: 'Use more data, or a larger params.split.holdoutShare.',
    },
  );
}

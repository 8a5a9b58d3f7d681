import { SluiceError, type DuckDb } from '../../pipeline/index.ts';
import sizes from './sql/sizes.sql';

/**
 * Each fold and the holdout need a client that repaid and one that did not: an AUC of one class is not defined.
 * @throws SluiceError DATA_ONE_CLASS when a class is empty, DATA_TOO_SMALL when it is smaller than folds + 1 or the holdout takes too many
 */
export async function requireEveryClass(db: DuckDb, wanted: number): Promise<void> {
  for (const { target, clients, held, folds } of await db.all<{ target: number; clients: number; held: number; folds: number }>(sizes)) {
    if (clients === 0) {
      throw new SluiceError('DATA_ONE_CLASS', `no labelled client has TARGET ${target}: there is nothing to tell apart`, {
        hint: 'Check the TARGET column of application_train: 1 is a default, 0 a loan repaid.',
        data: { target },
      });
    }
    if (folds < wanted) {
      const message = `TARGET ${target} has ${clients} clients: ${held} for the holdout leave ${clients - held} for ${wanted} folds, and each fold needs one`;
      throw new SluiceError('DATA_TOO_SMALL', message, {
        hint: `Give at least ${wanted + 1} clients of each class, or lower params.split.folds or params.split.holdoutShare.`,
        data: { target, clients, held, folds: wanted },
      });
    }
  }
}

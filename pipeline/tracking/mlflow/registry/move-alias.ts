import { SluiceError } from '../../../errors/sluice-error.ts';
import type { MlflowConnection } from '../client/connection.ts';
import { deleteAlias, getRegisteredModel, setAlias, versionWith } from '../client/registered-models.ts';
import { type Decision, recordDecision } from './decision.ts';

/**
 * Moves an alias for a reason on record. MLflow has no compare-and-set, so the comparison is ours: the decision is written, the alias is
 * read once more, set, and read back. Between that reading and the setting another client can still come in; then the reading back tells.
 * @throws SluiceError MLFLOW_REFUSED where somebody else moved it in the meantime: nothing is forced, and the record says so
 */
export async function moveAlias(connection: MlflowConnection, model: string, intended: Decision): Promise<Decision> {
  const { alias, from, to } = intended;
  await recordDecision(connection, model, intended);
  const before = await targetOf(connection, model, alias);
  if (before !== from && before !== to) {
    await recordDecision(connection, model, { ...intended, outcome: 'lost' });
    throw movedMeanwhile(model, intended, before);
  }
  if (before !== to) await setAlias(connection, model, { alias, version: to });
  const after = await targetOf(connection, model, alias);
  if (after !== to) {
    await recordDecision(connection, model, { ...intended, outcome: 'lost' });
    throw movedMeanwhile(model, intended, after);
  }
  if (alias === 'champion' && (await targetOf(connection, model, 'challenger')) === to) await deleteAlias(connection, model, 'challenger');
  const moved = { ...intended, outcome: 'moved' } as const;
  await recordDecision(connection, model, moved);
  return moved;
}

/** The version that has the alias; null: none. */
export async function targetOf(connection: MlflowConnection, model: string, alias: string): Promise<string | null> {
  const registered = await getRegisteredModel(connection, model);
  return registered === undefined ? null : (versionWith(registered, alias) ?? null);
}

function movedMeanwhile(model: string, { alias, from, to }: Decision, now: string | null): SluiceError {
  return new SluiceError(
    'MLFLOW_REFUSED',
    `the alias ${alias} of "${model}" was not moved to version ${to}: it was at ${versionText(from)} when this was decided, and somebody has moved it to ${versionText(now)} since`,
    {
      hint: `Look at version ${now ?? to} first; if version ${to} is still to have the alias, run the command again.`,
      data: { from, to, now },
    },
  );
}

function versionText(version: string | null): string {
  return version === null ? 'no version' : `version ${version}`;
}

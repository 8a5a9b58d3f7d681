import { SluiceError } from '../../../errors/sluice-error.ts';
import type { Ledger, OperationOf } from '../../journal/operation.ts';
import type { MlflowConnection } from '../client/connection.ts';
import { getVersion, type ModelVersion, setVersionTag } from '../client/model-versions.ts';
import { deleteAlias, getVersionByAlias, setAlias } from '../client/registered-models.ts';
import { type Decision, decisionId, readDecisions, recordDecision } from '../registry/decision.ts';
import { known } from './known.ts';

/** Set last of all on a version: the alias that its registration gave it, whoever has it now. Its presence says that the registration is complete. */
const ALIAS_TAG = 'sluice.registered_as';
/** Its name before: it read as if the version still had the alias. */
const ALIAS_TAG_BEFORE = 'sluice.alias';
export const JUDGED_TAG = 'sluice.judged_against';

type AliasOperation = OperationOf<'alias.decide'>;

/**
 * Gives the version its alias. MLflow sets aliases unconditionally, so the comparison is made here: `champion` is only taken
 * from the version that the model was judged against (or from nobody), else the model becomes `challenger`.
 */
export async function applyAlias(
  connection: MlflowConnection,
  operation: AliasOperation,
  context: { readonly ledger: Ledger; readonly warn: (message: string) => void },
): Promise<Ledger> {
  const name = operation.model;
  const version = await getVersion(connection, name, known(context.ledger, 'version'));
  if (version === undefined)
    throw new SluiceError('MLFLOW_REFUSED', `version ${known(context.ledger, 'version')} of "${name}" is gone`, {
      hint: 'Run `sluice run` again: it registers anew.',
    });
  const settled = settledAlias(version, operation);
  if (settled !== undefined) return { alias: settled };
  const champion = await getVersionByAlias(connection, name, 'champion');
  const alias = allowedAlias(operation, version, champion);
  if (alias !== operation.alias) {
    context.warn(
      `"${name}" version ${version.version} becomes challenger: the champion is now version ${champion?.version ?? '?'}, and the model was judged against ${against(operation)}`,
    );
  }
  const record =
    alias === 'champion'
      ? await moveToRecord(connection, operation, { version, champion, at: operation.at ?? known(context.ledger, 'startTime') })
      : undefined;
  if (record !== undefined) await recordDecision(connection, name, record);
  await setAlias(connection, name, { alias, version: version.version });
  const now = await getVersionByAlias(connection, name, alias);
  if (now?.version !== version.version)
    context.warn(
      `somebody else moved the alias ${alias} of "${name}" to version ${now?.version ?? 'none'} at the same moment; it stays there`,
    );
  if (record !== undefined)
    await recordDecision(connection, name, { ...record, outcome: now?.version === version.version ? 'moved' : 'lost' });
  if (alias === 'champion' && (await getVersionByAlias(connection, name, 'challenger'))?.version === version.version)
    await deleteAlias(connection, name, 'challenger');
  const judgedAgainst = operation.judgedAgainst === 'unknown' && alias === 'champion' ? 'none' : operation.judgedAgainst;
  await setVersionTag(connection, { name, version: version.version }, [JUDGED_TAG, judgedAgainst]);
  await setVersionTag(connection, { name, version: version.version }, [ALIAS_TAG, alias]);
  return { alias };
}

interface Move {
  readonly version: ModelVersion;
  readonly champion: ModelVersion | undefined;
  /** When the registration was gathered: the same for a repeat. Not when the run began: a longer one may have begun before and move after. */
  readonly at: number;
}

/** The gate's decision for the trail; what a crash left of it, where the alias is moved already; undefined where nothing moves. */
async function moveToRecord(connection: MlflowConnection, operation: AliasOperation, move: Move): Promise<Decision | undefined> {
  const { version, champion, at } = move;
  const salt = `gate-${version.version}`;
  const begun = (await readDecisions(connection, operation.model, 'champion')).findLast(
    ({ id, outcome }) => id.endsWith(`-${salt}`) && outcome === 'intended',
  );
  if (champion?.version === version.version) return begun;
  if (begun !== undefined) return { ...begun, from: champion?.version ?? null };
  return {
    id: decisionId(at, salt),
    alias: 'champion',
    from: champion?.version ?? null,
    to: version.version,
    kind: 'gate',
    by: 'sluice run',
    reason: `passed the gate; judged against ${against(operation)}`,
    verdict: version.tags['sluice.verdict'] ?? 'none',
    at,
    outcome: 'intended',
  };
}

/** A repeat after a lost answer: the alias was given, and a person may have moved it on since. */
function settledAlias(version: ModelVersion, operation: AliasOperation): 'champion' | 'challenger' | undefined {
  return version.tags[JUDGED_TAG] === operation.judgedAgainst ? registeredAs(version) : undefined;
}

/** The alias that the registration gave a version; undefined where it is not complete. */
export function registeredAs({ tags }: Pick<ModelVersion, 'tags'>): 'champion' | 'challenger' | undefined {
  const alias = tags[ALIAS_TAG] ?? tags[ALIAS_TAG_BEFORE];
  return alias === 'champion' || alias === 'challenger' ? alias : undefined;
}

function allowedAlias(operation: AliasOperation, version: ModelVersion, champion: ModelVersion | undefined): 'champion' | 'challenger' {
  if (operation.alias === 'challenger') return 'challenger';
  const free = champion === undefined || champion.version === version.version || champion.tags['sluice.model_key'] === operation.modelKey;
  return free || champion.version === operation.judgedAgainst ? 'champion' : 'challenger';
}

function against(operation: AliasOperation): string {
  return /^\d+$/.test(operation.judgedAgainst)
    ? `version ${operation.judgedAgainst}`
    : operation.judgedAgainst === 'none'
      ? 'none, as there was none'
      : 'none, as the server could not be asked';
}

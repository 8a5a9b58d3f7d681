import { randomBytes } from 'node:crypto';
import { SluiceError } from '../../../errors/sluice-error.ts';
import type { MlflowConnection } from '../client/connection.ts';
import type { ModelVersion } from '../client/model-versions.ts';
import { assertAlias } from '../client/validate.ts';
import { closeMatch } from '../../../errors/close-match.ts';
import { assertIntact } from './assert-intact.ts';
import { type Decision, decisionId, LONGEST_REASON, readDecisions } from './decision.ts';
import { requireModel, requireVersion } from './find-version.ts';
import { moveAlias, targetOf } from './move-alias.ts';

export interface Request {
  readonly model: string;
  readonly alias: string;
  readonly reason: string;
  readonly by: string;
}

export interface Promotion extends Request {
  /** A version, or an alias such as `challenger` that names one. */
  readonly version: string;
}

export interface Moved {
  readonly decision: Decision;
  /** False where the alias was there already: nothing was written. */
  readonly changed: boolean;
  /** Files whose bytes were compared with what was registered. */
  readonly filesChecked: number;
  /** Of an alias that no version had before, the known one that its name is near to: a slip of the pen, perhaps. */
  readonly resembles: string | null;
}

/** Those that a run sets. */
const OWN_ALIASES = ['champion', 'challenger'];

/**
 * Gives a version an alias, on the word of a person.
 * @throws SluiceError USAGE without a reason, ARTIFACT_MISSING, MODEL_DAMAGED where its files are no longer what was registered, MLFLOW_REFUSED
 */
export async function promote(connection: MlflowConnection, promotion: Promotion): Promise<Moved> {
  checkRequest(promotion);
  const version = await requireVersion(connection, promotion.model, promotion.version);
  return decide(connection, { ...promotion, kind: 'promote', version });
}

/**
 * Takes back the last move of an alias that is on record and still holds; again, and it takes back the one before.
 * @throws SluiceError ARTIFACT_MISSING where there is nothing to go back to, and as `promote`
 */
export async function rollback(connection: MlflowConnection, request: Request): Promise<Moved> {
  checkRequest(request);
  const { model, alias } = request;
  await requireModel(connection, model);
  const now = await targetOf(connection, model, alias);
  const moves = standingMoves(await readDecisions(connection, model, alias));
  const last = moves.findLast(({ to }) => to === now);
  const back = last === undefined ? undefined : (last.from ?? undefined);
  if (now === null || back === undefined) {
    throw new SluiceError(
      'ARTIFACT_MISSING',
      `the alias ${alias} of "${model}" cannot be rolled back: ${now === null ? 'no version has it' : `no record says what had it before version ${now}`}`,
      { hint: `Name the version yourself: sluice promote ${model} VERSION --alias ${alias} --reason "…"` },
    );
  }
  const version = await requireVersion(connection, model, back);
  return decide(connection, { ...request, kind: 'rollback', version });
}

/** Moves that no later rollback has taken back. */
export function standingMoves(decisions: readonly Decision[]): readonly Decision[] {
  const standing: Decision[] = [];
  for (const decision of decisions) {
    if (decision.outcome !== 'moved') continue;
    if (decision.kind !== 'rollback') {
      standing.push(decision);
      continue;
    }
    const undone = standing.findLastIndex(({ from, to }) => from === decision.to && to === decision.from);
    if (undone >= 0) standing.splice(undone);
  }
  return standing;
}

async function decide(
  connection: MlflowConnection,
  request: Request & { readonly kind: Decision['kind']; readonly version: ModelVersion },
): Promise<Moved> {
  const { model, alias, reason, by, kind, version } = request;
  const from = await targetOf(connection, model, alias);
  const at = Date.now();
  const decision: Decision = {
    id: decisionId(at, randomBytes(3).toString('hex')),
    alias,
    from,
    to: version.version,
    kind,
    by,
    reason: reason.trim(),
    verdict: version.tags['sluice.verdict'] ?? 'none',
    at,
    outcome: 'intended',
  };
  if (from === version.version) return { decision: { ...decision, outcome: 'moved' }, changed: false, filesChecked: 0, resembles: null };
  const filesChecked = await assertIntact(connection, version);
  const resembles = from === null ? await nearAlias(connection, model, alias) : null;
  return { decision: await moveAlias(connection, model, decision), changed: true, filesChecked, resembles };
}

/** The known alias that one which no version has is near to. */
async function nearAlias(connection: MlflowConnection, model: string, alias: string): Promise<string | null> {
  if (OWN_ALIASES.includes(alias)) return null;
  const { aliases } = await requireModel(connection, model);
  return closeMatch(alias, [...OWN_ALIASES, ...Object.keys(aliases)]) ?? null;
}

/** @throws SluiceError USAGE without a reason, MLFLOW_REFUSED for an alias that MLflow keeps for itself */
export function checkRequest({ alias, reason }: Pick<Request, 'alias' | 'reason'>): void {
  assertAlias(alias);
  const trimmed = reason.trim();
  if (trimmed !== '' && trimmed.length <= LONGEST_REASON) return;
  throw new SluiceError(
    'USAGE',
    trimmed === '' ? 'moving an alias takes a reason' : `the reason has ${trimmed.length} characters, at most ${LONGEST_REASON} are kept`,
    {
      hint: '--reason "what a reviewer will want to know": it stays with the version.',
    },
  );
}

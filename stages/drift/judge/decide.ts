import { assertNever } from '../../../pipeline/index.ts';
import type { JudgedWaiver } from '../../gate/waivers.ts';
import type { HistoryEntry } from '../history-schema.ts';
import type { Finding, Level } from './finding.ts';

export interface JudgedFinding extends Finding {
  readonly waiver: JudgedWaiver | null;
}

/** Act is carried out when it is signalled by `act` of the last `of` batches, this one among them, and not again for `coolDown` batches. */
export interface Confirmation {
  readonly act: number;
  readonly of: number;
  readonly coolDown: number;
}

export interface Decision {
  /** What this batch says by itself, waivers applied. */
  readonly signal: Level;
  /** After confirmation over batches. */
  readonly status: Level;
  readonly exit: number;
  readonly retrain: boolean;
  /** Why signal and status differ; null where they do not. */
  readonly held: string | null;
  readonly heldFrench: string | null;
  readonly findings: readonly JudgedFinding[];
}

export interface DecideOptions {
  readonly waivers: readonly JudgedWaiver[];
  /** The batches before, oldest first. */
  readonly before: readonly HistoryEntry[];
  readonly confirm: Confirmation;
  readonly failOn: 'act' | 'watch';
}

/** The gravest first: a batch that breaks the contract is not judged further, one of too few rows neither. */
export const GRAVITY: readonly Level[] = ['broken', 'insufficient', 'act', 'watch', 'ok'];

/** Waivers first, then the gravest level that is left, then confirmation over batches. */
export function decide(findings: readonly Finding[], { waivers, before, confirm, failOn }: DecideOptions): Decision {
  const judged = findings.map((finding) => ({ ...finding, waiver: waiverOf(finding, waivers) }));
  const counted = judged.filter(({ waiver }) => waiver?.state !== 'in force');
  const signal = GRAVITY.find((level) => counted.some((finding) => finding.level === level)) ?? 'ok';
  const held = signal === 'act' ? holdBack(before, confirm) : null;
  const status = held === null ? signal : 'watch';
  return {
    signal,
    status,
    exit: exitOf(status, failOn),
    retrain: status === 'act',
    held: held?.en ?? null,
    heldFrench: held?.fr ?? null,
    findings: judged,
  };
}

/** A column's rule is waived by its full name, or for all columns by the rule's. */
function waiverOf({ rule, level }: Finding, waivers: readonly JudgedWaiver[]): JudgedWaiver | null {
  if (level === 'ok') return null;
  const own = waivers.filter((waiver) => waiver.rule === rule || waiver.rule === rule.split('[')[0]);
  return own.find(({ state }) => state === 'in force') ?? own[0] ?? null;
}

function holdBack(
  before: readonly HistoryEntry[],
  { act, of, coolDown }: Confirmation,
): { readonly en: string; readonly fr: string } | null {
  const signals = 1 + before.slice(Math.max(0, before.length - of + 1)).filter(({ signal }) => signal === 'act').length;
  if (signals < act)
    return {
      en: `signalled by ${signals} of the last ${of} batches; it takes ${act}`,
      fr: `signalé par ${signals} des ${of} derniers lots ; il en faut ${act}`,
    };
  const since = before.toReversed().findIndex(({ status }) => status === 'act') + 1;
  if (since > 0 && since <= coolDown)
    return {
      en: `acted on ${since === 1 ? 'one batch' : `${since} batches`} ago; cool-down is ${coolDown}`,
      fr: `suivi d’effet il y a ${since === 1 ? 'un lot' : `${since} lots`} ; la pause est de ${coolDown}`,
    };
  return null;
}

function exitOf(status: Level, failOn: 'act' | 'watch'): number {
  switch (status) {
    case 'ok':
      return 0;
    case 'watch':
      return failOn === 'watch' ? 2 : 0;
    case 'act':
      return 2;
    case 'broken':
      return 3;
    case 'insufficient':
      return 4;
    default:
      return assertNever(status);
  }
}

import { parseAttempt } from '../../store/failed-attempts.ts';
import { assertNever } from '../../util/assert-never.ts';
import { formatDuration } from '../../util/format.ts';
import type { JudgedObject, StoredObject } from './stored-object.ts';

/** An object this young may belong to a run that has not named it yet. */
export const GRACE_MS = 3_600_000;
/** How long a damaged blob is kept for a look. */
const QUARANTINE_DAYS = 7;
const DAY_MS = 86_400_000;

export interface Verdicts {
  readonly now: number;
  /** Path of a record, blob, tree or columns record that lives to the reason. */
  readonly living: ReadonlyMap<string, string>;
  /** Path of a blob or tree that any record names, to STAGE.PORT. */
  readonly names: ReadonlyMap<string, string>;
  /** Run id to why it is kept. */
  readonly keptRuns: ReadonlyMap<string, string>;
  readonly keepRuns: number;
  readonly aliveRuns: readonly string[];
}

/** Says of each object whether it lives, and why. */
export function judgeObjects(objects: readonly StoredObject[], verdicts: Verdicts): readonly JudgedObject[] {
  return objects.map((object) => ({ ...object, ...judge(object, verdicts) }));
}

type Judgement = Pick<JudgedObject, 'lives' | 'reason'>;

const lives = (reason: string): Judgement => ({ lives: true, reason });
const dies = (reason: string): Judgement => ({ lives: false, reason });

function judge(object: StoredObject, verdicts: Verdicts): Judgement {
  const age = verdicts.now - object.modifiedAt;
  switch (object.kind) {
    case 'record':
    case 'blob':
    case 'tree':
    case 'columns': {
      const reason = verdicts.living.get(object.path);
      if (reason !== undefined) return lives(reason);
      const [run] = verdicts.aliveRuns;
      if (run !== undefined) return lives(`run ${run} is at work and may name it`);
      if (age < GRACE_MS) return lives(`made ${formatDuration(Math.max(0, age))} ago: a run may be about to name it`);
      if (object.kind === 'record') return dies('no kept run, mark, pin or registered model names it');
      const name = verdicts.names.get(object.path);
      return dies(name === undefined ? 'no record names it' : `${name}: no record that names it lives with its outputs`);
    }
    case 'run':
      return judgeRun(object, verdicts, age);
    case 'failed': {
      const run = parseAttempt(object.name)?.run ?? '';
      return verdicts.keptRuns.has(run) || age < GRACE_MS
        ? lives('a failed attempt of a run that is kept, for a look')
        : dies('the run that it belongs to is not kept');
    }
    case 'quarantine': {
      const since = Number(/\.(\d{13})$/.exec(object.name)?.[1] ?? 0);
      const days = Math.floor((verdicts.now - since) / DAY_MS);
      return days < QUARANTINE_DAYS
        ? lives(`damaged, set aside ${days === 0 ? 'today' : `${days} d ago`}: kept ${QUARANTINE_DAYS} days for a look`)
        : dies(`damaged, set aside more than ${QUARANTINE_DAYS} days ago`);
    }
    case 'leftover': {
      const run = verdicts.aliveRuns.find((id) => object.name.endsWith(id));
      if (run !== undefined) return lives(`run ${run} works in it`);
      return age < GRACE_MS ? lives('touched within the hour: somebody may work in it') : dies('left by a process that was killed');
    }
    default:
      return assertNever(object.kind);
  }
}

function judgeRun({ name }: StoredObject, { keptRuns, keepRuns, aliveRuns }: Verdicts, age: number): Judgement {
  const reason = keptRuns.get(name);
  if (aliveRuns.includes(name)) return lives('at work');
  if (reason !== undefined) return lives(reason);
  return age < GRACE_MS ? lives('touched within the hour') : dies(`not one of the ${keepRuns} newest runs, and not pinned`);
}

import { type FloatMatrix, returnFreedMemory } from '../../../../pipeline/index.ts';
import { isWorthThreads } from '../beside/is-worth-threads.ts';
import { answerLikeness, type LikenessAnswer, type LikenessAsked } from '../beside/likeness.ts';
import { type Thread, threadOf } from '../beside/thread-of.ts';
import { domainToTell } from '../../outlook/tell-apart.ts';
import type { ScoreOptions } from './score-parts.ts';

const THREAD = 'stages/drift/command/beside/likeness-thread.ts';

/** Whoever judges likeness, ready to. */
export interface LikenessJudge extends AsyncDisposable {
  /** Called once; its answer is to be asked for once as well, and is null with too few rows. */
  readonly judge: (asked: LikenessToJudge) => () => Promise<LikenessAnswer | null>;
}

export interface LikenessToJudge extends Pick<LikenessAsked, 'rows' | 'outcome' | 'at'> {
  /** Some rows of each part, see scorePart. */
  readonly reference: FloatMatrix;
  readonly current: FloatMatrix;
  readonly categorical: ReadonlySet<string>;
}

/**
 * Which reference rows are like the current ones, and the estimate that follows: in a thread of its own where the parts are large; else when the answer is asked for.
 * @param columns settled when nobody compares columns any more: not before then, if it comes in time, does the thread load, for memory is at its highest till then
 */
export async function likenessJudge({ context, parts, processors }: ScoreOptions, columns: Promise<unknown>): Promise<LikenessJudge> {
  const { bundle, io, projectDir } = context;
  const file = isWorthThreads(parts, processors) ? await bundle(THREAD) : null;
  let [thread, isOver]: [Thread<LikenessAsked, LikenessAnswer> | null, boolean] = [null, false];
  const start = (): void => {
    if (file === null || isOver || thread !== null) return;
    // What the columns took, so that the thread finds room.
    returnFreedMemory();
    thread = threadOf(file, io.signal);
  };
  // Where the thread cannot be had, whoever asks it is told.
  columns.then(start).catch(() => null);
  return {
    judge: ({ reference, current, categorical, ...rest }) => {
      const domain = domainToTell({ reference, current, categorical, threads: 2, projectDir });
      if (domain === null) return async () => null;
      const asked: LikenessAsked = { domain, ...rest };
      start();
      thread?.ask(asked);
      return async () => thread?.answer ?? answerLikeness(asked);
    },
    [Symbol.asyncDispose]: async () => {
      isOver = true;
      await thread?.[Symbol.asyncDispose]();
    },
  };
}

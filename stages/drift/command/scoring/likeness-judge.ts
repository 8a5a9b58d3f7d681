import type { FloatMatrix } from '../../../../pipeline/index.ts';
import { isWorthThreads } from '../beside/is-worth-threads.ts';
import { answerLikeness, type LikenessAnswer, type LikenessAsked } from '../beside/likeness.ts';
import { threadOf } from '../beside/thread-of.ts';
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
 * Which reference rows are like the current ones, and the estimate that follows: in a thread of its own where the parts are large, which loads while they are
 * scored; else when the answer is asked for.
 */
export async function likenessJudge({ context, parts, processors }: ScoreOptions): Promise<LikenessJudge> {
  const { bundle, io, projectDir } = context;
  const isBeside = isWorthThreads(parts, processors);
  const thread = isBeside ? threadOf<LikenessAsked, LikenessAnswer>(await bundle(THREAD), io.signal) : null;
  return {
    judge: ({ reference, current, categorical, ...rest }) => {
      const domain = domainToTell({ reference, current, categorical, threads: 2, projectDir });
      if (domain === null) return async () => null;
      const asked: LikenessAsked = { domain, ...rest };
      thread?.ask(asked);
      return async () => thread?.answer ?? answerLikeness(asked);
    },
    [Symbol.asyncDispose]: async () => thread?.[Symbol.asyncDispose](),
  };
}

import type { FloatMatrix } from '../../../../pipeline/index.ts';
import { isWorthThreads } from '../beside/is-worth-threads.ts';
import { answerLikeness, type LikenessAnswer, type LikenessAsked } from '../beside/likeness.ts';
import { threadOf } from '../beside/thread-of.ts';
import { domainToTell } from '../../outlook/tell-apart.ts';
import type { ScoreOptions } from './score-parts.ts';

const THREAD = 'stages/drift/command/beside/likeness-thread.ts';

/** Likeness that is being judged. */
export interface JudgedLikeness extends AsyncDisposable {
  /** To be asked once; null with too few rows. */
  readonly answer: () => Promise<LikenessAnswer | null>;
}

export interface LikenessToJudge extends Pick<LikenessAsked, 'rows' | 'outcome' | 'at'> {
  /** Some rows of each part, see scorePart. */
  readonly reference: FloatMatrix;
  readonly current: FloatMatrix;
  readonly categorical: ReadonlySet<string>;
}

/** Which reference rows are like the current ones, and the estimate that follows: in a thread of its own where the parts are large, else when it is asked for. */
export async function judgeLikeness(
  { reference, current, categorical, ...rest }: LikenessToJudge,
  { context, parts, processors }: ScoreOptions,
): Promise<JudgedLikeness> {
  const domain = domainToTell({ reference, current, categorical, threads: 2, projectDir: context.projectDir });
  const asked: LikenessAsked | null = domain === null ? null : { domain, ...rest };
  const isBeside = asked !== null && isWorthThreads(parts, processors);
  const thread = isBeside ? threadOf<LikenessAnswer>(await context.bundle(THREAD), asked, context.io.signal) : null;
  return {
    answer: async () => (thread === null ? asked && answerLikeness(asked) : thread.answer),
    [Symbol.asyncDispose]: async () => thread?.[Symbol.asyncDispose](),
  };
}

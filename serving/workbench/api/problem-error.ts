import type { ProblemBody } from '../../api/schemas/problem.ts';

/** What the server answered instead of what was asked for; `status` 0 where it did not answer. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly status: number;
  readonly problem: ProblemBody | null;

  constructor(status: number, problem: ProblemBody | null) {
    super(problem?.detail ?? `HTTP ${status}`);
    this.status = status;
    this.problem = problem;
  }

  /** The book is being made: the same question has an answer later. */
  get preparing(): boolean {
    return this.problem?.code === 'BOOK_PREPARING';
  }
}

import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { ProblemError } from '../api/problem-error.ts';
import { useWords } from '../words/language.tsx';
import { shellWords } from '../words/shell-words.ts';
import { Sign } from './sign.tsx';
import { Waiting } from './waiting.tsx';

interface AnswerProps<T> {
  readonly query: UseQueryResult<T>;
  readonly children: (data: T) => ReactNode;
}

/** What a question to the server looks like while it is asked, when it failed, and when it is answered. */
export function Answer<T>({ query, children }: AnswerProps<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.isError) return <Failure error={query.error} again={() => void query.refetch()} />;
  return <Waiting reason={query.failureReason} />;
}

interface FailureProps {
  readonly error: Error;
  /** What did not happen; by default that something was loaded. */
  readonly title?: string;
  readonly advice?: string;
  readonly again?: () => void;
}

export function Failure({ error, title, advice, again }: FailureProps) {
  const words = useWords(shellWords);
  const problem = error instanceof ProblemError ? error.problem : null;
  const offline = error instanceof ProblemError && error.status === 0;
  const problems: Readonly<Record<string, string>> = words.problems;
  const told = offline ? words.offline : problems[problem?.code ?? ''];
  return (
    <div className="notice refuse" role="alert">
      <Sign kind="watch" />
      <div>
        <p>
          <strong>{title ?? words.failed}</strong>
        </p>
        {told === undefined ? <p lang="en">{problem?.detail ?? error.message}</p> : <p>{told}</p>}
        {told === undefined && problem?.hint !== undefined && (
          <p className="note" lang="en">
            {problem.hint}
          </p>
        )}
        {advice !== undefined && <p>{advice}</p>}
        {again !== undefined && (
          <Button className="button" onPress={again}>
            {words.retry}
          </Button>
        )}
      </div>
    </div>
  );
}

import { ProblemError } from '../api/problem-error.ts';
import { useWords } from '../words/language.tsx';
import { shellWords } from '../words/shell-words.ts';

/** What stands where an answer will be. @param reason why it was not there when it was asked for before; it is asked for again */
export function Waiting({ reason }: { readonly reason: Error | null }) {
  const words = useWords(shellWords);
  const preparing = reason instanceof ProblemError && reason.preparing;
  return (
    <p className={preparing ? 'notice' : 'soft'} role="status">
      {preparing ? words.preparing : words.loading}
    </p>
  );
}

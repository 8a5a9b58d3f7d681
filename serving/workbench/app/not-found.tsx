import { Link } from 'wouter';
import { PageTitle } from '../parts/page-title.tsx';
import { useWords } from '../words/language.tsx';
import { shellWords } from '../words/shell-words.ts';

export function NotFound() {
  const words = useWords(shellWords);
  return (
    <>
      <PageTitle title={words.notFound} />
      <Link href="/applicants">{words.backToApplicants}</Link>
    </>
  );
}

import { useEffect, useRef, type ReactNode } from 'react';
import { useWords } from '../words/language.tsx';
import { shellWords } from '../words/shell-words.ts';

let first = true;

/** The page's h1 and document title. It takes the focus when a page is come to, so that a screen reader says where one is. */
export function PageTitle({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  const { product } = useWords(shellWords);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · ${product}`;
  }, [title, product]);
  useEffect(() => {
    if (!first) heading.current?.focus({ preventScroll: true });
    first = false;
    scrollTo(0, 0);
  }, []);
  return (
    <div className="page-head">
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {children}
    </div>
  );
}

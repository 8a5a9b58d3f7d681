import { useState } from 'react';

/** A text that this browser keeps from one letter to the next. Never anything about an applicant. */
export function useKept(name: string): readonly [string, (text: string) => void] {
  const [text, setText] = useState(() => localStorage.getItem(name) ?? '');
  const keep = (next: string) => {
    localStorage.setItem(name, next);
    setText(next);
  };
  return [text, keep];
}

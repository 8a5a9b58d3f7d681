import type { ReactNode } from 'react';

interface FactsProps {
  readonly facts: readonly (readonly [term: string, value: ReactNode])[];
  readonly className?: string;
}

/** Terms with their values, side by side where there is room. */
export function Facts({ facts, className = '' }: FactsProps) {
  return (
    <dl className={`facts ${className}`}>
      {facts.map(([term, value]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

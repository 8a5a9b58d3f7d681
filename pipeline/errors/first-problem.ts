import { deserializeError, serializeError, SluiceError } from './sluice-error.ts';

/** The first of several failures, with its own stage and stack, which carries the others in `data.others`. */
export function firstProblem(problems: readonly SluiceError[]): SluiceError {
  const [first, ...others] = problems;
  if (first === undefined) throw new SluiceError('INTERNAL', 'something failed without a reason');
  if (others.length === 0) return first;
  const rest = others.map((problem) => {
    const { stack: _stack, ...shown } = serializeError(problem);
    return shown;
  });
  return deserializeError({ ...serializeError(first), data: { ...first.data, others: rest } });
}

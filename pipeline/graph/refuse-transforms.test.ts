import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { artifact } from './artifact.ts';
import { refuseTransforms } from './refuse-transforms.ts';

const load = (schema: z.ZodType) => () => refuseTransforms('numbers', { list: artifact.json(schema) });

test.each([
  ['a transform', z.array(z.number().transform((value) => value * 2))],
  ['one inside an object', z.strictObject({ a: z.record(z.string(), z.preprocess(Number, z.number())) })],
  ['one behind a lazy schema', z.lazy(() => z.union([z.string(), z.number().transform(String)]))],
  ['trim', z.strictObject({ a: z.string().trim().optional() })],
])('%s in the schema of an output is refused', (_, schema) => {
  expect(load(schema)).toThrow(/output "list" of stage "numbers" has a .*whose code no fingerprint sees/);
});

interface Tree {
  readonly inner: readonly Tree[];
}

test('what only checks may stay', () => {
  const tree: z.ZodType<Tree> = z.lazy(() => z.strictObject({ inner: z.array(tree) }));
  expect(load(tree)).not.toThrow();
  expect(
    load(z.strictObject({ a: z.int().min(1).default(3), b: z.tuple([z.string()], z.number()).nullable() }).refine((value) => value.a > 0)),
  ).not.toThrow();
});

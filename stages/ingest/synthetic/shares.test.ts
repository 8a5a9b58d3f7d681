import { expect, test } from '@jest/globals';
import { aliasTable, rankedSlots } from './shares.ts';

test('an alias table gives every level exactly its share', () => {
  const shares = { a: 0.62, b: 0.3, c: 0.0795, d: 0.0005 };
  const { levels, cut, other } = aliasTable(shares);
  const got = new Map<string, number>();
  for (const [index, level] of levels.entries()) {
    const own = cut[index] ?? 0;
    got.set(level, (got.get(level) ?? 0) + own / levels.length);
    const alias = levels[other[index] ?? 0] ?? '';
    got.set(alias, (got.get(alias) ?? 0) + (1 - own) / levels.length);
  }
  for (const [level, share] of Object.entries(shares)) expect(got.get(level)).toBeCloseTo(share, 12);
});

test('ranked slots keep the order of the levels and give rare ones one slot', () => {
  const slots = rankedSlots({ '0': 0.7, '1': 0.2999, '19': 0.0001 });
  expect(slots).toHaveLength(1000);
  expect(slots.indexOf('1')).toBe(699);
  expect(slots.at(-1)).toBe('19');
});

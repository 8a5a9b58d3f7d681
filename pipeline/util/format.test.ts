import { expect, test } from '@jest/globals';
import { formatCount } from './format.ts';

test.each([0, 7, 999, 1000, 12_345, 999_999, 1_000_000, 123_456_789, -1234, 1234.5, 0.1239, -0.5])(
  '%p is written as in English',
  (count) => {
    expect(formatCount(count)).toBe(count.toLocaleString('en-US'));
  },
);

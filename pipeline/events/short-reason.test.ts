import { expect, test } from '@jest/globals';
import { shortReason } from './short-reason.ts';

test('two inputs are named, more are counted, wherever they come from', () => {
  expect(shortReason('input a (split.a), input b')).toBe('input a (split.a), input b');
  expect(shortReason('its code (x.ts: f, y.ts added), input a (split.a), input b, input c (one, two), package <runtime>')).toBe(
    'its code (x.ts: f, y.ts added), package <runtime>, 3 inputs',
  );
  expect(shortReason('package a, package b not there → 1.2.3, package c, params.train.eta: 0.05 → 0.1')).toBe(
    'params.train.eta: 0.05 → 0.1, 3 packages',
  );
  expect(shortReason('')).toBe('');
});

import { expect, test } from '@jest/globals';
import { giveBackBlock, takeBlock } from './byte-blocks.ts';

test('a block is used again once it was given back, and not before', () => {
  const first = takeBlock(100_000);
  const second = takeBlock(100_000);
  expect(second.buffer).not.toBe(first.buffer);
  giveBackBlock(first.subarray(0, 100_000));
  const third = takeBlock(90_000);
  expect([third.buffer === first.buffer, third.length]).toEqual([true, 131_072]);
  giveBackBlock(third.subarray(0, 10));
  expect(takeBlock(200_000).length).toBe(262_144);
});

test('bytes that share their memory with others are left alone', () => {
  const shared = Buffer.from('of the pool that all small buffers come from');
  giveBackBlock(shared);
  expect(takeBlock(10).buffer).not.toBe(shared.buffer);
});

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

test('a block that is given back twice is lent once, and memory of a page’s length that is no block never', () => {
  const block = takeBlock(300_000);
  giveBackBlock(block);
  giveBackBlock(block);
  const foreign = Buffer.allocUnsafeSlow(393_216);
  giveBackBlock(foreign);
  const taken = Array.from({ length: 3 }, () => takeBlock(300_000).buffer);
  expect([new Set(taken).size, taken.filter((buffer) => buffer === block.buffer).length, taken.includes(foreign.buffer)]).toEqual([
    3,
    1,
    false,
  ]);
});

import type { Design } from '../trainers/logistic/design.ts';

/** For each row the `count` rows nearest to it (Euclid), nearest first, equally near ones by row number; never itself. */
export function nearest({ rows, width, data }: Design, count: number): readonly (readonly number[])[] {
  const distances = new Float64Array(rows * rows);
  for (let row = 0; row < rows; row++) {
    for (let other = 0; other < row; other++) {
      const distance = squaredDistance(data, row * width, { other: other * width, width });
      distances[row * rows + other] = distance;
      distances[other * rows + row] = distance;
    }
  }
  return Array.from({ length: rows }, (_, row) => {
    const own = distances.subarray(row * rows, (row + 1) * rows);
    const best: number[] = [];
    for (let other = 0; other < rows; other++) {
      if (other === row) continue;
      const distance = own[other] ?? 0;
      let at = best.length;
      while (at > 0 && (own[best[at - 1] ?? 0] ?? 0) > distance) at -= 1;
      if (at >= count) continue;
      best.splice(at, 0, other);
      if (best.length > count) best.pop();
    }
    return best;
  });
}

function squaredDistance(data: Float32Array, row: number, { other, width }: { readonly other: number; readonly width: number }): number {
  let sum = 0;
  for (let at = 0; at < width; at++) {
    const difference = (data[row + at] ?? 0) - (data[other + at] ?? 0);
    sum += difference * difference;
  }
  return sum;
}

import { decimal, percent, whole } from '../../pages/format.ts';

export { whole };
export const fixed =
  (digits: number) =>
  (value: number): string =>
    decimal(value, digits);
export const share = (value: number): string => percent(value);

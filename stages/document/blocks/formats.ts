import { decimal, percent, significant, whole } from '../../pages/format.ts';

export { significant, whole };
export const fixed =
  (digits: number) =>
  (value: number): string =>
    decimal(value, digits);
export const share = (value: number): string => percent(value);

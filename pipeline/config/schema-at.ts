import { z } from 'zod';
import type { ConfigPath } from './config-origin.ts';

/** The schema without its default, prefault, nullable and optional wrappings. */
export function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  if (
    schema instanceof z.core.$ZodDefault ||
    schema instanceof z.core.$ZodPrefault ||
    schema instanceof z.core.$ZodOptional ||
    schema instanceof z.core.$ZodNullable
  ) {
    return unwrap(schema._zod.def.innerType);
  }
  return schema;
}

/** The schema of a key, wrappings included; undefined where no object, record or list has it. */
export function schemaAt(schema: z.core.$ZodType, path: ConfigPath): z.core.$ZodType | undefined {
  const [head, ...rest] = path;
  if (head === undefined) return schema;
  const inner = unwrap(schema);
  const next =
    inner instanceof z.core.$ZodObject
      ? inner._zod.def.shape[head]
      : inner instanceof z.core.$ZodRecord
        ? inner._zod.def.valueType
        : inner instanceof z.core.$ZodArray
          ? inner._zod.def.element
          : undefined;
  return next === undefined ? undefined : schemaAt(next, rest);
}

/** Keys that an object schema knows; empty for any other schema. */
export function keysOf(schema: z.core.$ZodType | undefined): readonly string[] {
  const inner = schema === undefined ? undefined : unwrap(schema);
  return inner instanceof z.core.$ZodObject ? Object.keys(inner._zod.def.shape) : [];
}

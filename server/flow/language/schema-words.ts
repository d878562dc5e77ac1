/** The smallest pieces of the grammar, shared by the schemas of all files. */
import * as z from 'zod';

export const wording = z.string().trim().min(1);

export const id = z
  .string()
  .regex(/^[a-z][a-z0-9_]*$/, 'an id has small letters, digits and underscores, and begins with a letter');

/** One item, or a list of them. */
export const list = <T extends z.ZodType>(item: T) =>
  z.union([z.array(item).min(1), item]).transform((value): z.output<T>[] => (Array.isArray(value) ? value : [value]));

export const cite = list(wording);

/** Compiled by `compile-condition.ts`, which knows the questions. */
export const condition = z.record(z.string(), z.unknown());

import { Type, type Static, type TSchema } from 'typebox'
import type { PersonalKind } from '../../schemas/persons.ts'
import { nullable } from './schema-parts.ts'

/** Keyword of a schema: the kind of personal data that a field has, or that a filter searches. */
export const PERSONAL = 'x-personal'

/** Marks a field or a filter, so that roles for which the kind is masked do not see or search it. */
export function personal<T extends TSchema>(kind: PersonalKind, schema: T) {
  return Type.Unsafe<Static<T>>({ ...schema, [PERSONAL]: kind } as TSchema)
}

export const CustomerName = personal('names', nullable(Type.String()))

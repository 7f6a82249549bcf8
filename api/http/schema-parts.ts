import { Type, type Static, type TObject, type TSchema } from 'typebox'

/** Makes a schema nullable in the short form of JSON Schema: `"type": ["string", "null"]`. */
export function nullable<T extends TSchema & { readonly type: string }>(schema: T, description?: string) {
  return Type.Unsafe<Static<T> | null>({
    ...schema,
    type: [schema.type, 'null'],
    ...(description === undefined ? {} : { description }),
  } as TSchema)
}

export const Time = Type.String({ format: 'date-time', description: 'ISO 8601, UTC.' })
export const Probability = nullable(Type.Number(), 'null if no model has scored it.')

/** Schema of a page of a list, with the cursor of the next page. */
export function pageOf<T extends TObject>(item: T) {
  return Type.Object({
    items: Type.Array(item),
    next: nullable(Type.String(), 'Send it as `after` to get the next page; null on the last page.'),
  })
}

/** Text without NUL, which PostgreSQL can't store. */
export const NO_NUL = '^[^\\u0000]*$'
export const Text = Type.String({ pattern: NO_NUL })
/** An identifier in a path, at most as long as the router accepts. */
export const Name = Type.String({ ...Text, minLength: 1, maxLength: 1_024 })
/** Schema of an optional text filter of a list. */
export function filter(description?: string) {
  return Type.Optional(
    Type.String({ ...Text, maxLength: 1_024, ...(description === undefined ? {} : { description }) }),
  )
}

export const PAGE_DEFAULT = 50
const PAGE_MAX = 500

/** Query parameters of every list. */
export const paging = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: PAGE_MAX, default: PAGE_DEFAULT })),
  after: Type.Optional(
    Type.String({
      maxLength: 4_096,
      pattern: '^[A-Za-z0-9_-]+$',
      description: 'The `next` of the previous page; 404 if it belongs to another list.',
    }),
  ),
}

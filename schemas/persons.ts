/**
 * Where a topic, a table or a kind of state holds people. Export and erasure read only these statements, so each is made
 * where the thing itself is declared; a test finds what has none. A person is a customer, known by the customer's id.
 */
export type HoldsPersons =
  /** The key of each record is the id. */
  | { readonly by: 'key' }
  /** These fields hold the id, such as `customerId` or `entries[].customerId`. */
  | { readonly by: 'field'; readonly fields: readonly string[] }
  /** These fields hold bytes of events, in which the id is found as a text. */
  | { readonly by: 'bytes'; readonly fields: readonly string[] }
  /** Only something else that belongs to the person is named, so their records are not found by their id. */
  | { readonly by: 'other'; readonly what: string }
  | { readonly by: 'none'; readonly because: string }

/** Kinds of personal data of customers that the API can mask. */
export const personalKinds = ['names', 'contact', 'profile', 'texts'] as const
export type PersonalKind = (typeof personalKinds)[number]

type Holds<By> = Extract<HoldsPersons, { readonly by: By }>

export const byKey: Holds<'key'> = { by: 'key' }

export function byFields(...fields: readonly string[]): Holds<'field'> {
  return { by: 'field', fields }
}

export function byBytes(...fields: readonly string[]): Holds<'bytes'> {
  return { by: 'bytes', fields }
}

export function byOther(what: string): Holds<'other'> {
  return { by: 'other', what }
}

export function noPersons(because: string): Holds<'none'> {
  return { by: 'none', because }
}

/** What most global topics hold. */
export const settingOfTheBank = noPersons('a setting of the bank')

/** Returns the texts at a path, where `[]` stands for each item of a list. */
export function textsAt(path: string, value: unknown): readonly string[] {
  const [name = '', ...rest] = path.split('.')
  const isList = name.endsWith('[]')
  const inner = (value as Readonly<Record<string, unknown>> | null)?.[isList ? name.slice(0, -2) : name]
  const items: readonly unknown[] = isList ? ((inner as readonly unknown[] | undefined) ?? []) : [inner]
  if (rest.length > 0) return items.flatMap((item) => textsAt(rest.join('.'), item))
  return items.filter((item) => typeof item === 'string')
}

/** Returns the record with only those items of its lists that name this person. */
export function withItemsOf(holds: HoldsPersons, value: unknown, id: string): unknown {
  if (holds.by !== 'field' || value === null) return value
  const lists = holds.fields.flatMap((field) => {
    const [name, path] = field.split('[].', 2)
    if (path === undefined) return []
    const items = (value as Readonly<Record<string, readonly unknown[]>>)[name!]!
    return [[name, items.filter((item) => textsAt(path, item).includes(id))]]
  })
  return { ...value, ...Object.fromEntries(lists) }
}

/** Returns the ids of the people whom a record is about as a whole; those in its lists are left out. */
export function personsOf(holds: HoldsPersons | undefined, key: string, value: unknown): readonly string[] {
  if (holds === undefined || holds.by === 'key') return [key]
  if (holds.by !== 'field') return []
  return holds.fields.filter((field) => !field.includes('[]')).flatMap((field) => textsAt(field, value))
}

/** Beginning of what stands for an erased person where a record must stay. It is never the id of a customer. */
const PSEUDONYM = 'erased:'

export function pseudonymOf(digest: string): string {
  return PSEUDONYM + digest
}

export function isPseudonym(id: string): boolean {
  return id.startsWith(PSEUDONYM)
}

/** Returns the record with another text at a path without lists. */
export function withTextAt(path: string, value: unknown, text: string): unknown {
  const [name = '', ...rest] = path.split('.')
  const record = value as Readonly<Record<string, unknown>>
  return { ...record, [name]: rest.length === 0 ? text : withTextAt(rest.join('.'), record[name], text) }
}

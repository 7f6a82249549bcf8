/** Fields that name a customer; a score about the customer as a whole has the customer as its subject. */
const NAMES = new Set(['customerId', 'subjectId'])

/** Returns a record in which the former customer has the new id, wherever a field names them. */
export function renamedIn<T>(value: T, formerId: string, customerId: string): T {
  return renamed(value, formerId, customerId) as T
}

function renamed(value: unknown, formerId: string, customerId: string): unknown {
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value
    const next = items.map((item) => renamed(item, formerId, customerId))
    return next.some((item, index) => item !== items[index]) ? next : value
  }
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value
  const entries = Object.entries(value).map(([name, held]: [string, unknown]) => [
    name,
    NAMES.has(name) && held === formerId ? customerId : renamed(held, formerId, customerId),
  ])
  return entries.some(([name, held]) => held !== (value as Readonly<Record<string, unknown>>)[name as string])
    ? Object.fromEntries(entries)
    : value
}

/**
 * Whether two Avro schemas (as JSON) are equal apart from `doc` and the order of keys, and so read and write alike.
 * Descriptions may improve without a new version.
 */
export function sameSchema(one: unknown, other: unknown): boolean {
  return canonicalSchema(one) === canonicalSchema(other)
}

/** Returns an Avro schema as canonical JSON: equal text for schemas that read and write alike. */
export function canonicalSchema(schema: unknown): string {
  return JSON.stringify(schema, (key, value: unknown) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || key === 'default') return value
    return Object.fromEntries(
      Object.entries(value)
        .filter(([name]) => name !== 'doc')
        .sort(([one], [other]) => (one < other ? -1 : 1)),
    )
  })
}

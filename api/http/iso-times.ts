type Iso<V> = V extends Date ? string : V

/** A row with its times as answers have them: ISO 8601 in UTC. */
export function isoTimes<Row extends object>(row: Row): { readonly [K in keyof Row]: Iso<Row[K]> } {
  const fields = Object.entries(row).map(([name, value]: [string, unknown]) => [
    name,
    value instanceof Date ? value.toISOString() : value,
  ])
  return Object.fromEntries(fields) as { [K in keyof Row]: Iso<Row[K]> }
}

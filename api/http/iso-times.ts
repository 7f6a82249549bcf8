type Iso<V> = V extends Date ? string : V

/** Returns the row with its dates as ISO 8601 strings in UTC. */
export function isoTimes<Row extends object>(row: Row): { readonly [K in keyof Row]: Iso<Row[K]> } {
  const answer: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(row)) answer[name] = value instanceof Date ? value.toISOString() : value
  return answer as { [K in keyof Row]: Iso<Row[K]> }
}

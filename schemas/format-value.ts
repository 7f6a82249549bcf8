const CHARACTERS_MAX = 100

/** Formats a value for a message: short, on one line, strings in quotes. */
export function formatValue(value: unknown): string {
  const text = typeof value === 'object' || typeof value === 'string' ? quoted(value) : String(value)
  return text.length > CHARACTERS_MAX ? `${text.slice(0, CHARACTERS_MAX)}…` : text
}

/** Numbers with more digits than a double holds are BigInts, which JSON.stringify refuses. */
function quoted(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) => (typeof one === 'bigint' ? String(one) : one))
}

const CHARACTERS_MAX = 100

/** A value as a message shows it: short, on one line, strings in quotes. */
export function shown(value: unknown): string {
  const text = typeof value === 'object' || typeof value === 'string' ? JSON.stringify(value) : String(value)
  return text.length > CHARACTERS_MAX ? `${text.slice(0, CHARACTERS_MAX)}…` : text
}

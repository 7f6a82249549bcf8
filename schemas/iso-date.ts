/** Pattern of a day, such as 2026-12-25 (ISO 8601). */
export const ISO_DATE = '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'

/** Returns whether a text is a day that the calendar has. */
export function isDate(text: string): boolean {
  if (!new RegExp(ISO_DATE).test(text)) return false
  const at = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}

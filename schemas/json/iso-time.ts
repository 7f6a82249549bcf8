const ISO_TIME = /^(\d{4})-(\d{2})-(\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2}))?$/

/**
 * Milliseconds since 1970 of a date (its midnight in UTC) or of a time with its zone in ISO 8601; `undefined` for anything else. A
 * time without a zone is none: it would mean another moment on each machine.
 */
export function timeFromIso(text: string): number | undefined {
  const match = ISO_TIME.exec(text)
  if (match === null) return undefined
  const [year, month, day] = match.slice(1, 4).map(Number) as [number, number, number]
  // Date.parse makes the 2nd of March of the 30th of February.
  if (day < 1 || day > daysInMonth(year, month)) return undefined
  const time = Date.parse(text)
  return Number.isNaN(time) ? undefined : time
}

function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}

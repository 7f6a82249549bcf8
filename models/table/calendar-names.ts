/** Languages whose month and day names are recognised, spelled as in Node's Unicode data (CLDR). */
const LANGUAGES = 'en de fr es it pt nl pl cs sv da nb fi hu ro tr ru uk'.split(' ')
const LETTERS_MIN = 3
/** Day names may be shorter, because a whole date follows them. */
const DAY_LETTERS_MIN = 2

function bare(name: string): string {
  return name.toLowerCase().normalize('NFC').replace(/\.$/, '')
}

/** Formats part of a date in a language. */
type Writer = (at: number) => string

function writer(language: string, parts: Intl.DateTimeFormatOptions, part: string): Writer {
  const format = new Intl.DateTimeFormat(language, { ...parts, timeZone: 'UTC' })
  return (at) => format.formatToParts(at).find(({ type }) => type === part)?.value ?? ''
}

const WIDTHS = ['long', 'short'] as const
/** Formats months alone and within a date: in some languages the name changes. */
const monthWriters = (language: string) =>
  WIDTHS.flatMap((month) => [
    writer(language, { month }, 'month'),
    writer(language, { month, day: 'numeric', year: 'numeric' }, 'month'),
  ])
const dayWriters = (language: string) => WIDTHS.map((weekday) => writer(language, { weekday }, 'weekday'))

/**
 * Maps names to their numbers. English takes precedence; a name with two meanings in the other languages is dropped.
 */
function namesOf(days: readonly number[], writersOf: (language: string) => readonly Writer[]): Map<string, number> {
  const [english, ...others] = LANGUAGES.map((language) => namesIn(days, writersOf(language)))
  const names = new Map<string, number>()
  const twofold = new Set<string>()
  for (const [name, one] of others.flat()) {
    if (names.has(name) && names.get(name) !== one) twofold.add(name)
    names.set(name, one)
  }
  for (const name of twofold) names.delete(name)
  return new Map([...names, ...english!])
}

function namesIn(
  days: readonly number[],
  writers: readonly Writer[],
  lettersMin = LETTERS_MIN,
): (readonly [string, number])[] {
  return writers.flatMap((write) =>
    days
      .map((at, one) => [bare(write(at)), one] as const)
      .filter(([name]) => name.length >= lettersMin && !/\d/.test(name)),
  )
}

const MONTHS = Array.from({ length: 12 }, (_, month) => Date.UTC(2001, month, 5))
/** 1 January 2001 was a Monday. */
const DAYS = Array.from({ length: 7 }, (_, day) => Date.UTC(2001, 0, 1 + day))
/** Abbreviations that CLDR no longer has. */
const OLD_MONTHS = { sept: 8, mrz: 2 }
let months: Map<string, number> | undefined
let days: Set<string> | undefined

/** Returns the month from 0 for January; `undefined` if the name is not a month in any of the languages. */
export function monthNamed(name: string): number | undefined {
  months ??= new Map([...namesOf(MONTHS, monthWriters), ...Object.entries(OLD_MONTHS)])
  return months.get(bare(name))
}

export function isDayName(name: string): boolean {
  days ??= new Set(
    LANGUAGES.flatMap((language) => namesIn(DAYS, dayWriters(language), DAY_LETTERS_MIN).map(([day]) => day)),
  )
  return days.has(bare(name))
}

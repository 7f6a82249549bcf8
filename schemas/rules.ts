import { documented, double, withRule, string, type Schema } from './avro/schema.ts'

/** Rules for external field values, besides their types. */

export const currency = documented(
  'Currency code, ISO 4217.',
  withRule('three capital letters', string, (code) => /^[A-Z]{3}$/.test(code), { pattern: '^[A-Z]{3}$' }),
)

/** Requires one of a few strings. Avro enums do not allow hyphens, and their readers replace unknown symbols. */
export function oneOf<const S extends readonly string[]>(names: S): Schema<S[number]> {
  const words = `one of ${names.join(', ')}`
  return withRule(words, string as Schema<S[number]>, (name) => names.includes(name), { enum: names })
}

export function nonNegative(schema: Schema<number>): Schema<number> {
  return withRule('0 or more', schema, (value) => value >= 0, { minimum: 0 })
}

export function between(least: number, most: number, schema: Schema<number> = double): Schema<number> {
  return withRule(`between ${least} and ${most}`, schema, (value) => value >= least && value <= most, {
    minimum: least,
    maximum: most,
  })
}

export function itemsAtMost<T>(most: number, schema: Schema<readonly T[]>): Schema<readonly T[]> {
  return withRule(`at most ${most} items`, schema, (items) => items.length <= most, { maxItems: most })
}

/** Pattern of a text that is not blank and has no NUL. */
export const NOT_BLANK = '^[^\\u0000]*[^\\s\\u0000][^\\u0000]*$'

/** Requires a text that is not blank. */
export function textUpTo(most: number): Schema<string> {
  return withRule(
    `1 to ${most.toLocaleString('en')} characters`,
    string,
    (text) => text.trim() !== '' && text.length <= most,
    { maxLength: most, pattern: NOT_BLANK },
  )
}

const LANGUAGE = '^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$'
const language = new RegExp(LANGUAGE)

export const languageTag = withRule(
  'a language tag such as en or zh-Hant (BCP 47)',
  string,
  (tag) => language.test(tag),
  {
    pattern: LANGUAGE,
  },
)

const knownTimeZones = new Map<string, boolean>()

/** A time zone known to the runtime: an unknown one would fail every fold that needs the customer’s local hour. */
export const timeZone = withRule('an IANA time zone such as Asia/Shanghai', string, (name) => {
  let known = knownTimeZones.get(name)
  if (known === undefined) {
    known = isTimeZone(name)
    // Bounded, because the names come from outside.
    if (knownTimeZones.size < 1_000) knownTimeZones.set(name, known)
  }
  return known
})

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

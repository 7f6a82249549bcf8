import { documented, double, ruled, string, type Schema } from './avro/schema.ts'

/** What holds of the values of fields that come from outside, besides their types. */

export const currency = documented(
  'ISO 4217.',
  ruled('three capital letters', string, (code) => /^[A-Z]{3}$/.test(code), { pattern: '^[A-Z]{3}$' }),
)

/** A string that is one of a few. Avro's own enums allow no hyphens, and their readers take a symbol that they don't know for another one. */
export function oneOf<const S extends readonly string[]>(names: S): Schema<S[number]> {
  const words = `one of ${names.join(', ')}`
  return ruled(words, string as Schema<S[number]>, (name) => names.includes(name), { enum: names })
}

export function notNegative(schema: Schema<number>): Schema<number> {
  return ruled('0 or more', schema, (value) => value >= 0, { minimum: 0 })
}

export function between(least: number, most: number, schema: Schema<number> = double): Schema<number> {
  return ruled(`between ${least} and ${most}`, schema, (value) => value >= least && value <= most, {
    minimum: least,
    maximum: most,
  })
}

export function itemsAtMost<T>(most: number, schema: Schema<readonly T[]>): Schema<readonly T[]> {
  return ruled(`at most ${most} items`, schema, (items) => items.length <= most, { maxItems: most })
}

const knownTimeZones = new Map<string, boolean>()

/** A zone that the runtime can tell the hour in: an unknown one would fail every fold that asks for the customer's hour. */
export const timeZone = ruled('an IANA time zone such as Asia/Shanghai', string, (name) => {
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

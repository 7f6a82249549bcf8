import fc from 'fast-check'
import { random } from '../../models/random.ts'
import { EVENT_BYTES_MAX, TIME_MAX_MS, TIME_MIN_MS } from '../../schemas/check-event.ts'
import { IDENTIFIER_BYTES_MAX, type Schema } from '../../schemas/avro/schema.ts'

/** Names that every object inherits, used as if they were data. */
const inherited = ['__proto__', 'constructor', 'toString', 'valueOf', 'hasOwnProperty']
/** Names with a meaning in JavaScript, SQL, paths, URLs or CSV, and texts from all planes of Unicode. */
const names = [
  ...inherited,
  'a/b',
  '../..',
  '%00%2F',
  '?a=b&c#d',
  "'; drop table scores; --",
  '{"$ne":null}',
  '=1+1',
  '\\u0000',
  ' ',
  'null',
  '0',
  '-1',
  '1e999',
  '\ufeff',
  '\u202etxt.exe',
  '\ufffd',
  '\uffff',
  '𠮷野家',
  '👩‍👩‍👧‍👦',
  'é',
  'é',
]
const longest = [
  incompressible(IDENTIFIER_BYTES_MAX),
  '客'.repeat(IDENTIFIER_BYTES_MAX / 3) + 'ab',
  '🏦'.repeat(IDENTIFIER_BYTES_MAX / 4),
  '/'.repeat(IDENTIFIER_BYTES_MAX),
  // Cut after an even number of UTF-16 units, it ends in half a surrogate pair.
  'a' + '🏦'.repeat(IDENTIFIER_BYTES_MAX / 4 - 1),
]
/** Returns text that a database can’t compress, so that it counts in full in the key of an index. */
export function incompressible(length: number): string {
  const next = random(length)
  return Array.from({ length }, () =>
    '!#$%&()*+,-.0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcdefghijklmnopqrstuvwxyz{|}~'.charAt(
      Math.floor(next() * 88),
    ),
  ).join('')
}
/** Texts for rules that require a special form. A rule that none of these fulfils needs another one here. */
const forms = [
  ...['CNY', 'XXX', 'UTC', 'Asia/Shanghai', 'America/Argentina/ComodRivadavia'],
  ...['first contact', 'sale', 'contract', 'retention'],
  ...['assign', 'answer', 'decide', 'reopen', 'dismissed', 'confirmed', 'invalid'],
  ...['consent-given', 'consent-withdrawn', 'do-not-call', 'marketing', 'call', 'email', 'oral', 'written'],
  ...['running', 'paused', 'predictive', 'progressive', 'best-interest', 'expected-value'],
  ...['dispatched', 'completed', 'person', 'nobody', '+862112345678', '+12025550123'],
  ...['available', 'accepted', 'NONE', 'EVALUATION', 'ACTIVE'],
]
const controls = ['\u0001', 'a\u0007b', '\r\n', '\t', '\u007f', '\u2028']
const FLOAT_MAX = (2 - 2 ** -23) * 2 ** 127
const numbers = [
  ...[0, -0, 1, -1, 0.5, 5, 90, -90, 180, -180, 1800, 2200],
  ...[FLOAT_MAX, -FLOAT_MAX, 1e39, Number.MAX_VALUE, -Number.MAX_VALUE, Number.MIN_VALUE],
]
const wholes = [0, 1, -1, 5, 1800, 2200, 2 ** 31 - 1, -(2 ** 31)]
const longs = [...wholes, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 2 ** 53 - 2]
const times = [TIME_MIN_MS, -1, 0, TIME_MAX_MS - 1, Date.UTC(2000, 1, 29)]

export interface ExtremeConstraints {
  /** Maximum size of one text, in bytes. */
  readonly textBytesMax: number
  /** Maximum number of items in lists and maps. */
  readonly itemsMax: number
}

const usual: ExtremeConstraints = { textBytesMax: 2_000, itemsMax: 8 }
export const largest: ExtremeConstraints = { textBytesMax: EVENT_BYTES_MAX / 16, itemsMax: 400 }

/** Generates values at the limits of the schema and its rules, for every present and future topic. */
export function extremeValue(schema: Schema<unknown>, constraints = usual): fc.Arbitrary<unknown> {
  const { shape, rule } = schema
  const { textBytesMax, itemsMax } = constraints
  switch (shape.kind) {
    case 'string': {
      const pool = [...names, ...longest, ...forms]
      if (rule !== undefined) return oneOf(pool, rule)
      const large = ['客', 'x', '🏦', '"', '\\'].map((unit) => unit.repeat(textBytesMax / Buffer.byteLength(unit)))
      return fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom('', ...pool, ...controls, ...large) },
        { weight: 1, arbitrary: fc.constantFrom(...inherited) },
        { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }).map(withoutNul) },
      )
    }
    case 'boolean':
      return fc.boolean()
    case 'int':
      return oneOf(wholes, rule)
    case 'long':
      return oneOf(longs, rule)
    case 'float':
      return oneOf(numbers.map(Math.fround).filter(Number.isFinite), rule)
    case 'double':
      return oneOf(numbers, rule)
    case 'bytes':
      return fc.uint8Array({ maxLength: 50 }).map((bytes) => Buffer.from(bytes))
    case 'timestamp':
      return oneOf(times, rule)
    case 'enum':
      return fc.constantFrom(...shape.symbols)
    case 'nullable':
      return fc.option(extremeValue(shape.of, constraints))
    case 'array':
      return fc
        .array(extremeValue(shape.items, constraints), { maxLength: itemsMax, size: 'max' })
        .filter((items) => rule === undefined || rule.holds(items))
    case 'map': {
      const values = extremeValue(shape.values, constraints)
      const [value] = fc.sample(values, { numRuns: 1, seed: 1 })
      const keys = ['', ...names, ...longest, ...forms, ...controls].filter(
        (key) => rule === undefined || rule.holds(Object.fromEntries([[key, value]])),
      )
      return fc.dictionary(fc.constantFrom(...keys), values, { maxKeys: itemsMax, noNullPrototype: true })
    }
    case 'record': {
      const fields = Object.entries(shape.fields).map(([name, field]) => [name, extremeValue(field, constraints)])
      return fc.record(Object.fromEntries(fields) as Record<string, fc.Arbitrary<unknown>>, { noNullPrototype: true })
    }
  }
}

function oneOf(values: readonly unknown[], rule: Schema<unknown>['rule']): fc.Arbitrary<unknown> {
  const allowed = values.filter((value) => rule === undefined || rule.holds(value))
  if (allowed.length === 0) throw new Error(`No value of the lists is ${rule!.description}: add one.`)
  return fc.constantFrom(...allowed)
}

/** Removes NUL, which every entry point refuses because PostgreSQL can’t store it. */
function withoutNul(text: string): string {
  return text.toWellFormed().replaceAll('\0', '')
}

import { bucketOf } from '../../../features/hashed-names.ts'
import { valueCode } from '../../../features/string-hash.ts'
import { TURN_CATEGORIES, turnFeatures } from '../../../features/calls/turns.ts'
import { jsonText } from '../../../files/json-text.ts'
import { nameIn } from '../../../models/table/cell-names.ts'
import { NONE_OF_THESE } from '../../../models/conversation/intents.ts'
import { termsOf } from '../../../models/text/terms.ts'
import { JsonLinesError, fieldOf, textField, type JsonLine } from '../read-json-lines.ts'
import type { IntentTexts } from './learn-intents.ts'

export interface IntentFields {
  readonly text: string
  readonly target?: string | undefined
  readonly context?: string | undefined
}

/** Numbers and codes by their names: what a context is made of. */
export type ContextRow = ReadonlyMap<string, { readonly value: number; readonly isCode: boolean }>

/** Number of newest list entries with columns of their own. */
const NEWEST = 2
/** Number of hash buckets for the words and letters of earlier texts. */
const GROUPS = 64
/** Longer values are texts, not names. */
const NAME_MAX = 40

/** The names and kinds of the columns that contexts have in all; those of turn@1 alone where nothing else is named. */
export interface ContextNames {
  readonly featureSet: string
  readonly names: readonly string[]
  readonly isCode: readonly boolean[]
}

function contextNames(contexts: readonly ContextRow[]): ContextNames {
  const found = new Map<string, boolean>()
  for (const context of contexts)
    for (const [name, { isCode }] of context) found.set(name, isCode || found.get(name) === true)
  const isOfTurns = found.size > 0 && [...found.keys()].every((name) => turnFeatures.names.includes(name))
  const names = isOfTurns ? [...turnFeatures.names] : [...found.keys()].sort()
  return {
    featureSet: isOfTurns ? turnFeatures.id : 'context@1',
    names,
    isCode: names.map((name) => found.get(name) === true || TURN_CATEGORIES.includes(name)),
  }
}

/** An absent text is empty; any other absent value is missing. */
const COUNTED = /\.words\d+\.\d+$/

/** Contexts as rows; NaN where one does not say. */
export function contextRows(contexts: readonly ContextRow[], names: readonly string[]): Float32Array {
  const rows = new Float32Array(contexts.length * names.length).fill(Number.NaN)
  contexts.forEach((context, row) =>
    names.forEach((name, place) => {
      const known = context.get(name)
      if (known !== undefined) rows[row * names.length + place] = known.value
      else if (COUNTED.test(name)) rows[row * names.length + place] = 0
    }),
  )
  return rows
}

/**
 * Texts of a file with their contexts and, where a target is named, their intents. Throws `JsonLinesError` with the
 * place.
 */
export function intentTextsOf(
  rows: readonly JsonLine[],
  { text, target, context }: IntentFields,
): IntentTexts & ContextNames {
  const contexts = rows.map((row, index) =>
    context === undefined
      ? new Map()
      : contextOf(fieldOf(row, context, `row ${index + 1}`), context, `row ${index + 1}`),
  )
  const { featureSet, names, isCode } = contextNames(contexts)
  const given =
    target === undefined
      ? []
      : rows.map((row, index) => intentOf(fieldOf(row, target, `row ${index + 1}`), target, index))
  const intents = [...new Set(given)].filter((name) => name !== null).sort()
  const places = new Map(intents.map((name, place) => [name, place]))
  return {
    count: rows.length,
    width: names.length,
    rows: contextRows(contexts, names),
    texts: rows.map((row, index) => textField(row, text, `row ${index + 1}`)),
    featureNames: names,
    isCode,
    labels: Int32Array.from(given, (name) => (name === null ? -1 : places.get(name)!)),
    intents,
    featureSet,
    names,
  }
}

/** An object of numbers, names and lists, or a list of names or of earlier texts. */
export function contextOf(value: unknown, field: string, place: string): ContextRow {
  const context = new Map<string, { value: number; isCode: boolean }>()
  if (value === null) return context
  const wrong = (of: unknown) =>
    new JsonLinesError(
      `The field ${JSON.stringify(field)} of ${place} has ${jsonText(of)}: a context is made of numbers, true and false, names, and lists of names or texts.`,
    )
  const add = (name: string, of: unknown): void => {
    if (of === null || of === undefined) return
    if (typeof of === 'number' && Number.isFinite(of))
      context.set(name, { value: of, isCode: TURN_CATEGORIES.includes(name) })
    else if (typeof of === 'boolean') context.set(name, { value: of ? 1 : 0, isCode: false })
    else if (typeof of === 'string') context.set(name, { value: valueCode(of), isCode: true })
    else if (Array.isArray(of)) addList(name, of)
    else throw wrong(of)
  }
  const addList = (name: string, list: readonly unknown[]): void => {
    const texts = list.filter((one): one is string => typeof one === 'string')
    if (texts.length !== list.length) throw wrong(list)
    for (let back = 1; back <= NEWEST; back++) {
      const one = texts.at(-back)
      if (one === undefined) continue
      context.set(`${name}.back${back}`, { value: valueCode(one.slice(0, NAME_MAX)), isCode: true })
      if (one.length > NAME_MAX || /\s|\p{Script=Han}{4}/u.test(one)) addWords(`${name}.words${back}`, one)
    }
  }
  const addWords = (name: string, text: string): void => {
    const terms = [...termsOf(text)]
    for (const term of terms) {
      const group = `${name}.${bucketOf(term, GROUPS)}`
      context.set(group, { value: (context.get(group)?.value ?? 0) + 1 / Math.sqrt(terms.length), isCode: false })
    }
  }
  if (Array.isArray(value)) addList('earlier', value)
  else if (typeof value === 'object') for (const [name, of] of Object.entries(value)) add(name, of)
  else add('context', value)
  return context
}

/** `null`: none of the intents. */
function intentOf(value: unknown, target: string, index: number): string | null {
  if (value === null || value === '' || value === NONE_OF_THESE) return null
  if (typeof value !== 'object' && value !== undefined) {
    const name = nameIn(String(value), {})
    return name === '' || name === NONE_OF_THESE ? null : name
  }
  throw new JsonLinesError(
    `The field ${JSON.stringify(target)} of row ${index + 1} is ${jsonText(value)}: it must name an intent; empty: none of them.`,
  )
}

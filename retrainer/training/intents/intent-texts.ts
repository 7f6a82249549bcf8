import { jsonText } from '../../../files/json-text.ts'
import { nameIn } from '../../../models/table/cell-names.ts'
import { OUT_OF_SCOPE } from '../../../models/conversation/intents.ts'
import { JsonLinesError, fieldOf, textField, type JsonLine } from '../read-json-lines.ts'
import { contextNames, contextOf, contextRows, type ContextNames, type UnparsedContext } from './contexts.ts'
import type { IntentTexts } from './learn-intents.ts'

export interface IntentFields {
  readonly text: string
  readonly target?: string | undefined
  readonly context?: string | undefined
}

export interface IntentTextsOfRows extends IntentTexts, ContextNames {
  /** Unreadable context values, which count as missing. */
  readonly unparsedContexts: readonly UnparsedContext[]
}

/**
 * Reads the texts of a file with their contexts and, if a target is named, their intents. `decidedOn`: rows that decide
 * the kinds of the context columns; all if not given. Throws `JsonLinesError` with the place.
 */
export function intentTextsOf(
  rows: readonly JsonLine[],
  { text, target, context }: IntentFields,
  fitRows: Int32Array = Int32Array.from(rows.keys()),
): IntentTextsOfRows {
  const contexts = contextsOf(rows, context)
  const { featureSet, names, isCode } = contextNames(contexts, fitRows)
  const { rows: numbers, unparsedContexts } = contextRows(contexts, { names, isCode })
  const given =
    target === undefined
      ? []
      : rows.map((row, index) => intentOf(fieldOf(row, target, `row ${index + 1}`), target, index))
  const intents = [...new Set(given)].filter((name) => name !== null).sort()
  const places = new Map(intents.map((name, place) => [name, place]))
  return {
    count: rows.length,
    width: names.length,
    rows: numbers,
    texts: rows.map((row, index) => textField(row, text, `row ${index + 1}`)),
    featureNames: names,
    isCode,
    labels: Int32Array.from(given, (name) => (name === null ? -1 : places.get(name)!)),
    intents,
    featureSet,
    names,
    unparsedContexts,
  }
}

/** Returns the context of each row; empty if no field is named. */
export function contextsOf(rows: readonly JsonLine[], field: string | undefined) {
  return rows.map((row, index) =>
    field === undefined ? new Map() : contextOf(fieldOf(row, field, `row ${index + 1}`), field, `row ${index + 1}`),
  )
}

/** Reads an intent; `null` for none of them. */
function intentOf(value: unknown, target: string, index: number): string | null {
  if (value === null || value === '' || value === OUT_OF_SCOPE) return null
  if (typeof value !== 'object' && value !== undefined) {
    const name = nameIn(String(value), {})
    return name === '' || name === OUT_OF_SCOPE ? null : name
  }
  throw new JsonLinesError(
    `The field ${JSON.stringify(target)} of row ${index + 1} is ${jsonText(value)}: it must name an intent; empty: none of them.`,
  )
}

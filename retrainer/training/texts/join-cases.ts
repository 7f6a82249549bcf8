import type { CaseFields } from '../../../models/text/case-fields.ts'
import type { Split } from '../../../models/split.ts'
import type { JsonLine } from '../read-json-lines.ts'
import { casesOf, type Cases } from './text-cases.ts'
import { describeSplit, splitTexts } from './text-split.ts'

/** Rows to learn from, and rows for validation and test if they come from separate files. */
export interface TextFiles {
  readonly data: readonly JsonLine[]
  readonly validation?: readonly JsonLine[] | undefined
  readonly test?: readonly JsonLine[] | undefined
}

/** Training and test cases, and the training cases used for validation. */
export interface GivenSplit extends Split {
  /** Validation cases among the training cases; the newest of them if not given. */
  readonly validation?: Int32Array | undefined
}

export interface JoinedCases {
  /** All rows, file by file. `caseOf` and `newest` use this numbering. */
  readonly rows: readonly JsonLine[]
  readonly cases: Cases
  /** The split given by the files; `undefined` if there is a single file. */
  readonly split: GivenSplit | undefined
  /** Description of how the test cases were chosen. */
  readonly splitWords: string
  /** Describes the location of a row for people. */
  placeOf(row: number): string
}

/**
 * Joins the cases of all files. Records of two files never form one case. Dates are read in the format of the first
 * file.
 */
export function joinCases({ data, validation, test }: TextFiles, fields: CaseFields, seed: number): JoinedCases {
  const own = casesOf(data, fields)
  const splitWords = test === undefined ? describeSplit(own.times, seed) : 'the cases of a file of their own'
  const placeOf = (row: number): string => {
    const [ofData, ofValidation] = [data.length, data.length + (validation?.length ?? 0)]
    if (row < ofData) return `row ${row + 1}`
    return row < ofValidation ? `row ${row - ofData + 1} of --validation` : `row ${row - ofValidation + 1} of --test`
  }
  if (validation === undefined && test === undefined)
    return { rows: data, cases: own, split: undefined, splitWords, placeOf }
  const others = [validation ?? [], test ?? []].map((rows) => casesOf(rows, { ...fields, dates: own.dates }))
  const rows = [...data, ...(validation ?? []), ...(test ?? [])]
  const cases = others.reduce(concatCases, own)
  const [learned, chosen] = [own.cases.length, own.cases.length + others[0]!.cases.length]
  const split = test === undefined ? splitTexts(own.times, seed) : undefined
  const held = between(learned, chosen)
  return {
    rows,
    cases,
    splitWords,
    placeOf,
    split: {
      train: Int32Array.from([...(split?.train ?? between(0, learned)), ...held]),
      test: split?.test ?? between(chosen, cases.cases.length),
      validation: validation === undefined ? undefined : held,
    },
  }
}

function concatCases(one: Cases, other: Cases): Cases {
  const [rows, cases] = [one.caseOf.length, one.cases.length]
  return {
    cases: [...one.cases, ...other.cases],
    caseOf: Int32Array.from([...one.caseOf, ...other.caseOf.map((place) => place + cases)]),
    newest: Int32Array.from([...one.newest, ...other.newest.map((row) => row + rows)]),
    times: Float64Array.from([...one.times, ...other.times]),
    dates: one.dates,
  }
}

function between(from: number, to: number): Int32Array {
  return Int32Array.from({ length: to - from }, (_, place) => from + place)
}

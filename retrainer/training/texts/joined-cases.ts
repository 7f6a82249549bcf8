import type { CaseFields } from '../../../models/text/case-fields.ts'
import type { Split } from '../../../models/split.ts'
import type { JsonLine } from '../read-json-lines.ts'
import { casesOf, type Cases } from './text-cases.ts'
import { splitInWords, splitTexts } from './text-split.ts'

/** Rows to learn from, and, where they have files of their own, those to choose by and those to measure on. */
export interface TextFiles {
  readonly data: readonly JsonLine[]
  readonly validation?: readonly JsonLine[] | undefined
  readonly test?: readonly JsonLine[] | undefined
}

/** Which cases are learned from, which of these are chosen by, and which are measured on. */
export interface GivenSplit extends Split {
  /** Of the training cases; not given: the newest of them. */
  readonly validation?: Int32Array | undefined
}

export interface JoinedCases {
  /** All rows, file by file; `caseOf` and `newest` number them so. */
  readonly rows: readonly JsonLine[]
  readonly cases: Cases
  /** Not given: there is a single file. */
  readonly split: GivenSplit | undefined
  /** How the test cases were chosen. */
  readonly splitWords: string
  /** A row as people find it. */
  placeOf(row: number): string
}

/** The cases of all files; records of two files are never one case. Dates are read as those of the first are written. */
export function joinedCases({ data, validation, test }: TextFiles, fields: CaseFields, seed: number): JoinedCases {
  const own = casesOf(data, fields)
  const splitWords = test === undefined ? splitInWords(own.times, seed) : 'the cases of a file of their own'
  const placeOf = (row: number): string => {
    const [ofData, ofValidation] = [data.length, data.length + (validation?.length ?? 0)]
    if (row < ofData) return `row ${row + 1}`
    return row < ofValidation ? `row ${row - ofData + 1} of --validation` : `row ${row - ofValidation + 1} of --test`
  }
  if (validation === undefined && test === undefined)
    return { rows: data, cases: own, split: undefined, splitWords, placeOf }
  const others = [validation ?? [], test ?? []].map((rows) => casesOf(rows, { ...fields, dates: own.dates }))
  const rows = [...data, ...(validation ?? []), ...(test ?? [])]
  const cases = others.reduce(joined, own)
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

function joined(one: Cases, other: Cases): Cases {
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

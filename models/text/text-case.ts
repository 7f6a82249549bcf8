/** Records of one case, such as the visits of an opportunity, in time order. */
export interface TextCase {
  readonly records: readonly {
    readonly text: string
    /** Epoch ms; NaN if unknown. */
    readonly at: number
  }[]
}

/** Returns the text of all records, one per line. */
export function textOf({ records }: TextCase): string {
  return records.map(({ text }) => text).join('\n')
}

/** Returns the case whose records are the lines of a text. `times` holds the epoch ms of each line. */
function caseOfLines(text: string | null, times?: readonly number[] | null): TextCase {
  return { records: (text ?? '').split('\n').map((line, index) => ({ text: line, at: times?.[index] ?? Number.NaN })) }
}

/** Returns the cases of texts whose lines are records. */
export function casesOfLines(
  texts: readonly (string | null)[],
  lineTimes?: readonly (readonly number[] | null)[],
): TextCase[] {
  return texts.map((text, row) => caseOfLines(text, lineTimes?.[row]))
}

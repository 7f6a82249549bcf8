/** Records of one case, such as the visits of an opportunity, in order of time. */
export interface TextCase {
  readonly records: readonly {
    readonly text: string
    /** ms; NaN: not known. */
    readonly at: number
  }[]
}

/** All of a case as one text, a record a line. */
export function textOf({ records }: TextCase): string {
  return records.map(({ text }) => text).join('\n')
}

/** The case whose records are the lines of a text; `times`: when each was made, ms. */
function caseOfLines(text: string | null, times?: readonly number[] | null): TextCase {
  return { records: (text ?? '').split('\n').map((line, place) => ({ text: line, at: times?.[place] ?? Number.NaN })) }
}

/** The cases of texts whose lines are records. */
export function casesOfLines(
  texts: readonly (string | null)[],
  lineTimes?: readonly (readonly number[] | null)[],
): TextCase[] {
  return texts.map((text, row) => caseOfLines(text, lineTimes?.[row]))
}

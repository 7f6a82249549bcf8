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

/** The case whose records are the lines of a text; when they were made is not known. */
export function caseOfLines(text: string | null): TextCase {
  return { records: (text ?? '').split('\n').map((line) => ({ text: line, at: Number.NaN })) }
}

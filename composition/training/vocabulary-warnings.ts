/**
 * Returns warnings, with advice, about texts in scripts that are nearly missing from the backbone's vocabulary. `all`
 * is the total number of texts.
 */
export function vocabularyWarnings(unread: ReadonlyMap<string, number>, all: number, backbone: string): string[] {
  return [...unread].map(
    ([script, count]) =>
      `${count} of ${all} texts are written in ${script}, and the backbone ${backbone} has hardly any words of it: it can't tell much about them. Name a backbone of their language with --backbone or BACKBONE${SUGGESTED[script] ?? ''}.`,
  )
}

const SUGGESTED: Readonly<Record<string, string>> = {
  Latin: ' (English: all-minilm-l6-v2)',
  Chinese: ' (bge-small-zh)',
}

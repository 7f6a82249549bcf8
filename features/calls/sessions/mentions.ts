const WORD_LETTER = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}]/u

/** Whether the text contains the phrase, in any case, as whole words where the script separates words by spaces. */
export function mentions(text: string, phrase: string): boolean {
  const where = normalise(text)
  const what = normalise(phrase)
  if (what === '') return false
  for (let at = where.indexOf(what); at !== -1; at = where.indexOf(what, at + 1))
    if (!joins(where[at - 1], what[0]) && !joins(what.at(-1), where[at + what.length])) return true
  return false
}

function normalise(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll('’', "'").replace(/\s+/gu, ' ').trim()
}

function joins(left: string | undefined, right: string | undefined): boolean {
  return left !== undefined && right !== undefined && WORD_LETTER.test(left) && WORD_LETTER.test(right)
}

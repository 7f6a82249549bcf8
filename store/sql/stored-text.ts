/** Returns the text without the NUL characters and unpaired surrogates that PostgreSQL can't store. */
export function storableText(text: string): string {
  if (text.isWellFormed() && !text.includes('\u0000')) return text
  return text.toWellFormed().replaceAll('\u0000', '')
}

/**
 * Serialises a value to JSON that PostgreSQL accepts as jsonb: without NUL characters, and with U+FFFD for unpaired
 * surrogates, the only ones that `JSON.stringify` escapes. The pattern skips escaped backslashes, so that a literal
 * `\u0000` in the text stays.
 */
export function storableJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(/\\(?:u0000|u[dD][89a-fA-F][0-9a-fA-F]{2}|.)/g, (escape) => {
    if (escape === '\\u0000') return ''
    return /^\\ud/i.test(escape) ? '\ufffd' : escape
  })
}

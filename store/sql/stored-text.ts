/** Text as PostgreSQL holds it, which has no zero character; everything else of a customer's words stays. */
export function storedText(text: string): string {
  if (text.isWellFormed() && !text.includes('\u0000')) return text
  return text.toWellFormed().replaceAll('\u0000', '')
}

/**
 * JSON that PostgreSQL takes as jsonb: without zero characters, and with U+FFFD for half a surrogate pair, which
 * `JSON.stringify` escapes only when unpaired. An escaped backslash is skipped, so that a literal `\u0000` in the
 * text stays.
 */
export function storableJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(/\\(?:u0000|u[dD][89a-fA-F][0-9a-fA-F]{2}|.)/g, (escape) => {
    if (escape === '\\u0000') return ''
    return /^\\ud/i.test(escape) ? '\ufffd' : escape
  })
}

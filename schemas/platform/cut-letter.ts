/** Text at the end of the message of a dead letter that keeps only the beginning of the record’s key or value. */
export function cutText(what: string, bytes: number, kept: number): string {
  return ` Of the ${what}’s ${bytes} bytes the first ${kept} are kept.`
}

/** Whether a dead letter keeps only the beginning of its record, which therefore can’t be sent again. */
export function isCut({ message }: { readonly message: string }): boolean {
  return / Of the (key|value)’s \d+ bytes the first \d+ are kept\.$/.test(message)
}

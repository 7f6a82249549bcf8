/** Validates who is responsible for a change, and why. Throws if either is empty or too long. */
export function auditFields({ by, reason }: { readonly by: string; readonly reason: string }): {
  readonly changedBy: string
  readonly reason: string
} {
  return { changedBy: nameOf(by), reason: requireText(reason, '--reason must give the reason', 1_000) }
}

export function nameOf(by: string): string {
  return requireText(by, '--by must name the person responsible for the change', 200)
}

/** Returns the text without blanks around it. Throws if it is empty or too long. */
export function requireText(text: string, must: string, most: number): string {
  const trimmed = text.trim()
  if (trimmed === '' || trimmed.length > most) throw new Error(`${must}, in 1 to ${most} characters.`)
  return trimmed
}

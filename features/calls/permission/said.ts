import type { PermissionQuestion, Said } from './question.ts'

type Scope = { readonly purpose: string | null; readonly channel: string | null }

/** Whether what was said of one also holds for the other: null is everything. */
export function covers(wide: Scope, narrow: Scope): boolean {
  return (
    (wide.purpose === null || wide.purpose === narrow.purpose) &&
    (wide.channel === null || wide.channel === narrow.channel)
  )
}

/** What forbids counts at once, whatever its time; what allows counts from its time on. */
export function saidOf({ customer, now }: Pick<PermissionQuestion, 'customer' | 'now'>, kind: Said['kind']): Said[] {
  const allows = kind === 'consent-given' || kind === 'do-not-call-lifted'
  const all = customer?.permissions ?? []
  return all.filter((one) => one.kind === kind && (!allows || one.occurredAt <= now))
}

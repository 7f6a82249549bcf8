import type { PermissionRequest, Statement } from './permission-request.ts'

type Scope = { readonly purpose: string | null; readonly channel: string | null }

/** Whether the scope `wide` includes `narrow`. null stands for every purpose or channel. */
export function covers(wide: Scope, narrow: Scope): boolean {
  return (
    (wide.purpose === null || wide.purpose === narrow.purpose) &&
    (wide.channel === null || wide.channel === narrow.channel)
  )
}

/**
 * Returns the customer’s statements of a kind. Prohibitions apply at once whatever their event time; permissions apply
 * from their event time on.
 */
export function statementsOf(
  { customer, now }: Pick<PermissionRequest, 'customer' | 'now'>,
  kind: Statement['kind'],
): Statement[] {
  const allows = kind === 'consent-given' || kind === 'do-not-call-lifted'
  const all = customer?.permissions ?? []
  return all.filter((one) => one.kind === kind && (!allows || one.occurredAt <= now))
}

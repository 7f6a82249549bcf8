import { secretFault } from '../../deliveries/webhook/sign.ts'
import type { WebhookSource } from '../../schemas/webhooks/webhook-sources.ts'

export interface UsableSecrets {
  readonly secrets: readonly string[]
  /** What is wrong with the others, for the operator; no part of a secret is in it. */
  readonly faults: readonly string[]
}

/** Reads the secrets that a source names. `read` returns `undefined` for a secret that is not set. */
export function usableSecrets(
  { scheme, secrets: names }: Pick<WebhookSource, 'scheme' | 'secrets'>,
  read: (name: string) => string | undefined,
): UsableSecrets {
  const secrets: string[] = []
  const faults: string[] = []
  for (const name of names) {
    const value = read(name)
    const fault =
      value === undefined ? missing(name) : scheme === 'standard_webhooks' ? secretFault({ name, value }) : undefined
    if (fault === undefined) secrets.push(value!)
    else faults.push(fault)
  }
  return { secrets, faults }
}

function missing(name: string): string {
  return `The secret ${name} is not set: set WEBHOOK_SECRET_${name}, or put it into a file of that name in WEBHOOK_SECRETS_DIRECTORY.`
}

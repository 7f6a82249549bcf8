import type { Config } from '../../config.ts'
import { HIDDEN, hidePasswords } from '../hide-passwords.ts'
import { databaseUrlIfKnown } from '../services.ts'
import type { Outcome } from './run-checks.ts'

/** Shorter values could be part of any word. */
const LENGTH_MIN = 4

/** Returns the outcomes without any secret of the configuration: messages of libraries may repeat an address. */
export function hideSecrets(config: Config, outcomes: readonly Outcome[]): Outcome[] {
  const secrets = secretsOf(config)
  const hide = (text: string) => secrets.reduce((left, one) => left.replaceAll(one, HIDDEN), hidePasswords(text))
  return outcomes.map(({ check, findings }) => ({
    check,
    findings: findings.map((finding) => ({
      ...finding,
      found: hide(finding.found),
      ...(finding.advice === undefined ? {} : { advice: hide(finding.advice) }),
    })),
  }))
}

function secretsOf(config: Config): string[] {
  const addresses = [databaseUrlIfKnown(config), config.SCHEMA_REGISTRY_URL, config.SMTP_URL]
  const passwords = addresses.flatMap((address) => {
    const password = address === undefined || !URL.canParse(address) ? '' : new URL(address).password
    return [password, decodeURIComponent(password)]
  })
  const own = [config.KAFKA_SASL_PASSWORD, config.JAMBONZ_TOKEN, config.TWILIO_AUTH_TOKEN]
  return [...new Set([...passwords, ...own])].filter(
    (secret): secret is string => secret !== undefined && secret.length >= LENGTH_MIN,
  )
}

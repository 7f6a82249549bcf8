import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'

/** Default of PostgreSQL. */
const ITERATIONS = 4096
const SALT_BYTES = 16

/**
 * Returns what PostgreSQL stores of a password (RFC 5803), so that the password itself is never sent and can't get into
 * the log of the server. Passwords must be ASCII: others would need SASLprep.
 */
export function scramVerifier(password: string, salt = randomBytes(SALT_BYTES)): string {
  const salted = pbkdf2Sync(password, salt, ITERATIONS, 32, 'sha256')
  const keyOf = (name: string): Buffer => createHmac('sha256', salted).update(name).digest()
  const stored = createHash('sha256').update(keyOf('Client Key')).digest('base64')
  const server = keyOf('Server Key').toString('base64')
  return `SCRAM-SHA-256$${ITERATIONS}:${salt.toString('base64')}$${stored}:${server}`
}

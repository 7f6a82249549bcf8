/**
 * Messages for the operator and the client, by error code, for database failures that are transient and not the
 * client's fault.
 */
const failures: readonly (readonly [codes: RegExp, words: string])[] = [
  [/^25006$/, 'The database accepts no changes: it is read-only, or a standby.'],
  [/^53100$/, 'The disk of the database is full.'],
  [/^53300$/, 'The database has no free connections.'],
  [/^53/, 'The database is out of memory or another resource.'],
  [/^57P03$/, 'The database is starting, recovering or shutting down.'],
  [/^57014$/, 'The database took too long.'],
  [/^(40|55)/, 'The change conflicted with other changes of the same rows.'],
  [/^(28|3D|42501)/, 'The database denies the API access, or access to some tables.'],
  [/^58/, 'The database can’t read or write its files.'],
  // Lost connections (08), shutdown by an operator or a crash (57P), session timeouts (25P), and Node's network errors.
  [/^(08|57P|25P|ECONN|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EPIPE)/, 'The database does not answer.'],
]

/**
 * Returns the message for a failed query by its SQLSTATE,
 * https://www.postgresql.org/docs/current/errcodes-appendix.html, or Node's error code; `undefined` if a retry would
 * not help or the error is not the database's.
 */
export function databaseFailure(error: Error): string | undefined {
  if ('code' in error && typeof error.code === 'string') {
    const { code } = error
    return failures.find(([codes]) => codes.test(code))?.[1]
  }
  // The pool's own errors have no code.
  const lost = /^(timeout exceeded when trying to connect|Connection terminated)/.test(error.message)
  return lost ? 'The database does not answer.' : undefined
}

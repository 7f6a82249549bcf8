import { createHash } from 'node:crypto'
import pg from 'pg'

/** More than any process uses. The limit keeps statements with inlined values from exhausting the server's memory. */
const STATEMENTS_MAX = 500
const names = new Map<string, string>()

/**
 * A connection that names each parameterised statement by a hash of its text, so that PostgreSQL parses it once and can
 * reuse its plan (`plan_cache_mode` auto).
 */
export class PreparingClient extends pg.Client {
  override query(...args: unknown[]): never {
    const [text, values, ...rest] = args
    const superQuery = super.query.bind(this) as (...args: unknown[]) => never
    if (typeof text !== 'string' || !Array.isArray(values)) return superQuery(...args)
    const name = nameOf(text)
    return name === undefined ? superQuery(...args) : superQuery({ name, text, values: values as unknown[] }, ...rest)
  }
}

function nameOf(text: string): string | undefined {
  const known = names.get(text)
  if (known !== undefined || names.size >= STATEMENTS_MAX) return known
  const name = createHash('sha256').update(text).digest('hex').slice(0, 32)
  names.set(text, name)
  return name
}

import { createHash, timingSafeEqual } from 'node:crypto'

/**
 * Whether the header Authorization carries the token: as the password of Basic, which jambonz sends for an application
 * with user and password, or as Bearer.
 */
export function hasToken(header: string | undefined, token: string): boolean {
  const [scheme = '', credentials = ''] = (header ?? '').split(' ', 2)
  if (scheme.toLowerCase() === 'bearer') return isEqual(credentials, token)
  if (scheme.toLowerCase() !== 'basic') return false
  const decoded = Buffer.from(credentials, 'base64').toString('utf8')
  const colon = decoded.indexOf(':')
  return colon !== -1 && isEqual(decoded.slice(colon + 1), token)
}

/** Compares in constant time, whatever the lengths. */
function isEqual(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => createHash('sha256').update(text).digest())
  return timingSafeEqual(a!, b!)
}

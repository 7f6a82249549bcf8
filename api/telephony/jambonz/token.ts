import { hasSameBytes } from '../../../webhooks/signature/hmac.ts'

/**
 * Whether the header Authorization carries the token: as the password of Basic, which jambonz sends for an application
 * with user and password, or as Bearer.
 */
export function hasToken(header: string | undefined, token: string): boolean {
  const [scheme = '', credentials = ''] = (header ?? '').split(' ', 2)
  if (scheme.toLowerCase() === 'bearer') return hasSameBytes(credentials, token)
  if (scheme.toLowerCase() !== 'basic') return false
  const decoded = Buffer.from(credentials, 'base64').toString('utf8')
  const colon = decoded.indexOf(':')
  return colon !== -1 && hasSameBytes(decoded.slice(colon + 1), token)
}

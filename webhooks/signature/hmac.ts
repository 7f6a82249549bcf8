import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

export function hmac(
  algorithm: 'sha256' | 'sha1',
  secret: string,
  parts: readonly (string | Uint8Array)[],
  encoding: 'base64' | 'hex',
): string {
  const hash = createHmac(algorithm, secret)
  for (const part of parts) hash.update(part)
  return hash.digest(encoding)
}

/** Compares two texts in constant time, whatever their lengths. */
export function hasSameBytes(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(one), digest(other))
}

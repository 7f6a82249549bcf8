import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

const SECRET_BYTES = 32
const ID_BYTES = 6
const KEY = /^sl_([0-9a-f]{12})_([A-Za-z0-9_-]{43})$/

/** A new key: `text` is shown once, and only `id` and `secretHash` are stored. */
export interface GeneratedKey {
  /** `sl_ID_SECRET` */
  readonly text: string
  readonly id: string
  /** SHA-256. A slow hash would protect no better, since the secret has 256 random bits. */
  readonly secretHash: Buffer
}

export function generateKey(): GeneratedKey {
  const id = randomBytes(ID_BYTES).toString('hex')
  const secret = randomBytes(SECRET_BYTES).toString('base64url')
  return { text: `sl_${id}_${secret}`, id, secretHash: hashOf(secret) }
}

/** Splits a key into its id and its secret; `undefined` if the text is no API key. */
export function parseKey(text: string): { readonly id: string; readonly secret: string } | undefined {
  const [, id, secret] = KEY.exec(text) ?? []
  return id === undefined || secret === undefined ? undefined : { id, secret }
}

/** Whether the secret has this hash; compared in constant time. */
export function matchesHash(secret: string, secretHash: Buffer): boolean {
  const hash = hashOf(secret)
  return hash.length === secretHash.length && timingSafeEqual(hash, secretHash)
}

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}
